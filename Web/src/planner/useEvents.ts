import { useEffect, useState } from "react";
import { ConnectionError, describe, isAbort } from "../api/errors";
import { plannerAPI, PlannerEvent } from "../api/planner";
import { useStore } from "../state/useStore";
import { moves } from "./moving";
import { changes, deletionKey, eventDeletion, keyOf } from "./plannerStore";

interface Shown {
  phase: "loading" | "ready" | "failed";
  events: readonly PlannerEvent[];
  problem: string | null;
  /** Of the calendar when it was asked for. */
  version: number;
}

/** What happens between two moments, in order, read anew when something changes; what is being moved stands where it is going. */
export function useEvents(from: Date, to: Date, course: string | null = null): Shown & { reload: () => void } {
  const [shown, setShown] = useState<Shown>({ phase: "loading", events: [], problem: null, version: -1 });
  const [turn, setTurn] = useState(0);
  const version = useStore(changes);
  const leaving = useStore(eventDeletion.leaving);
  const moving = useStore(moves);
  const [start, end] = [from.getTime(), to.getTime()];
  useEffect(() => {
    const controller = new AbortController();
    const timer = window.setTimeout(() => {
      plannerAPI.events(new Date(start), new Date(end), course, controller.signal).then(
        (events) => setShown({ phase: "ready", events, problem: null, version }),
        (error: unknown) => {
          if (isAbort(error) || error instanceof ConnectionError) return;
          setShown((now) => ({ ...now, phase: now.events.length > 0 ? "ready" : "failed", problem: describe(error) }));
        },
      );
    }, version === 0 ? 0 : 60);
    return () => {
      window.clearTimeout(timer);
      controller.abort();
    };
  }, [start, end, course, version, turn]);
  const events = shown.events
    .filter((event) => !leaving.has(deletionKey(event, true)) && !leaving.has(deletionKey(event, false)) && !(event.series_id !== undefined && leaving.has(event.series_id)))
    .map((event) => {
      const to = moving.get(keyOf(event));
      // Until it was read anew, so that it does not jump back in between.
      return to === undefined || (to.settledAt !== undefined && shown.version >= to.settledAt) ? event : { ...event, start_date: to.start, end_date: to.end };
    });
  return { ...shown, events, reload: () => setTurn((now) => now + 1) };
}
