import { authorizedFetch } from "./client";
import { isAbort } from "./errors";
import { EventStreamParser, ServerSentEvent } from "./serverSentEvents";

interface StreamOptions {
  method?: "GET" | "POST";
  body?: unknown;
  lastEventID?: string | null;
  signal: AbortSignal;
  /** Called when the server has begun to answer, before any event. */
  onOpen?: () => void;
}

/**
 * Opens an event stream with the session's token, which the browser's own EventSource cannot send.
 * Ends when the server ends it or the signal aborts; throws when it cannot be opened or breaks.
 */
export async function* openEventStream(path: string, options: StreamOptions): AsyncGenerator<ServerSentEvent, void, undefined> {
  const headers: Record<string, string> = { Accept: "text/event-stream" };
  if (options.lastEventID) headers["Last-Event-ID"] = options.lastEventID;
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  const response = await authorizedFetch(path, {
    method: options.method ?? "GET",
    headers,
    signal: options.signal,
    cache: "no-store",
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const parser = new EventStreamParser();
  let opened = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (!opened) options.onOpen?.();
      opened = true;
      if (done) return;
      for (const event of parser.push(value)) yield event;
    }
  } catch (error) {
    if (isAbort(error) || options.signal.aborted) return;
    throw error;
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

export { pause } from "./abortable";
