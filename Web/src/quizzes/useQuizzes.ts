import { useCallback, useEffect, useState } from "react";
import { describe, isAbort } from "../api/errors";
import { Quiz, quizzes } from "../api/quizzes";
import { useStore } from "../state/useStore";
import { isSharing } from "../api/events";
import { onLiveEvent } from "../events/liveEvents";
import { quizDeletion } from "./quizDeletion";

interface Quizzes {
  items: readonly Quiz[];
  total: number;
  phase: "loading" | "ready" | "failed";
  problem: string | null;
  more: () => void;
  reload: () => void;
}

const step = 30;

/** The quizzes of a course, or all; the newest first, kept up to date by what the server tells. */
export function useQuizzes(course: string | null): Quizzes {
  const [count, setCount] = useState(step);
  const [known, setKnown] = useState<{ items: Quiz[]; total: number; phase: Quizzes["phase"]; problem: string | null }>({ items: [], total: 0, phase: "loading", problem: null });
  const [turn, setTurn] = useState(0);
  const leaving = useStore(quizDeletion.leaving);
  useEffect(() => {
    const controller = new AbortController();
    const read = () => {
      quizzes.list(1, Math.min(100, count), course, controller.signal, true).then(
        ({ data, pagination }) => setKnown({ items: data, total: pagination.total, phase: "ready", problem: null }),
        (error: unknown) => !isAbort(error) && setKnown((now) => ({ ...now, phase: now.items.length > 0 ? "ready" : "failed", problem: describe(error) })),
      );
    };
    read();
    const unfollow = onLiveEvent((event) => {
      const type: string = event.type;
      if (type === "resync" || isSharing(event) || (type.startsWith("quiz.") && type !== "quiz.grown")) read();
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
