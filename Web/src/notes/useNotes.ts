import { useCallback, useEffect, useState } from "react";
import { describe, isAbort } from "../api/errors";
import { NoteOverview, notes } from "../api/notes";
import { onLiveEvent } from "../events/liveEvents";
import { useStore } from "../state/useStore";
import { noteDeletion } from "./noteDeletion";

interface Notes {
  items: readonly NoteOverview[];
  total: number;
  phase: "loading" | "ready" | "failed";
  problem: string | null;
  more: () => void;
  reload: () => void;
}

const step = 30;

/** The notes of a course, or all; what was changed last first, kept up to date by what the server tells. */
export function useNotes(course: string | null): Notes {
  const [count, setCount] = useState(step);
  const [known, setKnown] = useState<{ items: NoteOverview[]; total: number; phase: Notes["phase"]; problem: string | null }>({ items: [], total: 0, phase: "loading", problem: null });
  const [turn, setTurn] = useState(0);
  const leaving = useStore(noteDeletion.leaving);
  useEffect(() => {
    const controller = new AbortController();
    const read = () => {
      notes.list(1, Math.min(100, count), course, controller.signal).then(
        ({ data, pagination }) => setKnown({ items: data, total: pagination.total, phase: "ready", problem: null }),
        (error: unknown) => !isAbort(error) && setKnown((now) => ({ ...now, phase: now.items.length > 0 ? "ready" : "failed", problem: describe(error) })),
      );
    };
    read();
    const unfollow = onLiveEvent(({ type }) => {
      if (type === "resync" || type.startsWith("note.")) read();
    });
    return () => {
      unfollow();
      controller.abort();
    };
  }, [course, count, turn]);
  const more = useCallback(() => setCount((now) => now + step), []);
  const reload = useCallback(() => setTurn((now) => now + 1), []);
  return { ...known, items: known.items.filter(({ id }) => !leaving.has(id)), more, reload };
}
