/** A promise's value, unless the signal aborts before; `leave` is called once either way, when this one no longer waits. */
export function abortable<Value>(promise: Promise<Value>, signal: AbortSignal | undefined, leave: () => void): Promise<Value> {
  return new Promise((resolve, reject) => {
    const end = (action: () => void) => {
      signal?.removeEventListener("abort", abort);
      leave();
      action();
    };
    const abort = () => end(() => reject(signal?.reason as Error));
    if (signal?.aborted) return abort();
    signal?.addEventListener("abort", abort);
    promise.then(
      (value) => signal?.aborted || end(() => resolve(value)),
      (error: unknown) => signal?.aborted || end(() => reject(error)),
    );
    return undefined;
  });
}

/** Resolves after the time, or at once when the signal aborts. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener("abort", done);
    return undefined;
  });
}
