import { pause } from "../api/abortable";
import { eventGate, forgetAnswers, forgetAnswersOf } from "../api/client";
import { live, reachable } from "../api/connection";
import { isSharing, LiveEvent } from "../api/events";
import { openEventStream } from "../api/eventStream";
import { APIError } from "../api/errors";
import type { ServerSentEvent } from "../api/serverSentEvents";

export type { LiveEvent };

type Listener = (event: LiveEvent) => void;

export { live };

const listeners = new Set<Listener>();

export function onLiveEvent(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A hidden tab gives its connection back after this time: browsers allow few to one server. */
const patience = 60_000;

/** Follows the user's events until the signal aborts, over every break of the connection. */
export async function followEvents(signal: AbortSignal): Promise<void> {
  let lastEventID: string | null = null;
  let wait = 500;
  while (!signal.aborted) {
    await untilVisible(signal);
    const connection = new AbortController();
    const release = closeWhenHidden(connection, signal);
    try {
      const onOpen = () => {
        // One that goes on where the last ended brings what was missed; another cannot know what that was.
        const missed = eventGate.opened() && lastEventID === null;
        live.set(true);
        wait = 500;
        if (missed) tell({ type: "resync", payload: {} });
      };
      const events: AsyncIterable<ServerSentEvent> = openEventStream("/events", { lastEventID, signal: connection.signal, onOpen });
      for await (const event of events) {
        if (event.id !== null) lastEventID = event.id;
        deliver(event.event, event.data);
      }
    } catch (error) {
      if (error instanceof APIError && error.status === 401) return;
      if (error instanceof APIError && error.status === 400) lastEventID = null;
    } finally {
      release();
      live.set(false);
      eventGate.failed();
    }
    await pauseOrReachable(wait, signal);
    wait = Math.min(wait * 2, 15_000);
  }
}

/** Tries again early when something else has reached the server, or the device is on a network again. */
async function pauseOrReachable(milliseconds: number, signal: AbortSignal): Promise<void> {
  const early = new AbortController();
  const wake = () => early.abort();
  const unfollow = reachable.subscribe(() => reachable.get() && wake());
  window.addEventListener("online", wake);
  signal.addEventListener("abort", wake);
  await pause(milliseconds, early.signal);
  unfollow();
  window.removeEventListener("online", wake);
  signal.removeEventListener("abort", wake);
}

function deliver(type: string, data: string): void {
  try {
    const body = JSON.parse(data) as { payload?: unknown };
    // One of a kind that a newer server tells reaches the listeners too, and none of them knows it.
    tell({ type, payload: body.payload ?? {} } as LiveEvent);
  } catch {
    // An event that cannot be read changes nothing; the next look at the list tells the truth.
  }
}

function tell(event: LiveEvent): void {
  if (event.type === "resync") forgetAnswers();
  else if (isSharing(event)) ["document", "course"].forEach(forgetAnswersOf);
  else forgetAnswersOf(event.type.slice(0, event.type.indexOf(".")));
  for (const listener of [...listeners]) listener(event);
}

function untilVisible(signal: AbortSignal): Promise<void> {
  if (!document.hidden || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      document.removeEventListener("visibilitychange", done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    document.addEventListener("visibilitychange", done);
    signal.addEventListener("abort", done);
  });
}

function closeWhenHidden(connection: AbortController, signal: AbortSignal): () => void {
  let timer = 0;
  const abort = () => connection.abort();
  const change = () => {
    window.clearTimeout(timer);
    if (document.hidden) timer = window.setTimeout(abort, patience);
  };
  document.addEventListener("visibilitychange", change);
  signal.addEventListener("abort", abort);
  return () => {
    window.clearTimeout(timer);
    document.removeEventListener("visibilitychange", change);
    signal.removeEventListener("abort", abort);
  };
}
