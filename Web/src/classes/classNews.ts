import { useEffect, useState } from "react";
import { APIError, describe, isAbort } from "../api/errors";
import { Store } from "../state/store";
import { useStore } from "../state/useStore";

/** Grows with each thing that is told of classes, so that what is shown of them is read anew. */
export const classNews = new Store(0);

export interface Loaded<Value> {
  value: Value | null;
  problem: string | null;
  /** There is no such thing, or it is not there for this user any more. */
  gone: boolean;
  reload: () => void;
}

/** Reads something of a class, and again when it is told of; what is shown stays meanwhile. */
export function useOfClass<Value>(read: (signal: AbortSignal) => Promise<Value>, about: string): Loaded<Value> {
  const news = useStore(classNews);
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<{ about: string; value: Value | null; problem: string | null; gone: boolean }>({ about, value: null, problem: null, gone: false });
  useEffect(() => {
    const controller = new AbortController();
    read(controller.signal).then((value) => setState({ about, value, problem: null, gone: false }), (error: unknown) => {
      if (isAbort(error)) return;
      const gone = error instanceof APIError && (error.status === 404 || error.status === 403);
      setState((before) => ({ about, value: gone || before.about !== about ? null : before.value, problem: describe(error), gone }));
    });
    return () => controller.abort();
    // `read` is made anew with each showing; what it reads is named by `about`.
  }, [about, news, attempt]);
  const current = state.about === about ? state : { value: null, problem: null, gone: false };
  return { value: current.value, problem: current.problem, gone: current.gone, reload: () => setAttempt((before) => before + 1) };
}
