import { useCallback, useEffect, useState } from "react";
import { APIError, describe, isAbort } from "../api/errors";
import { notes } from "../api/notes";
import { onLiveEvent } from "../events/liveEvents";
import { NoteKeeper } from "./NoteKeeper";

interface OpenNote {
  /** What keeps it; null until it is known. */
  keeper: NoteKeeper | null;
  problem: { text: string; gone: boolean } | null;
  /** How far the job that makes it is, from 0 to 1; null where nothing is told. */
  progress: number | null;
  reload: () => void;
}

/** A note by its id, as it is now, and what is typed into it. */
export function useNote(id: string): OpenNote {
  const [keeper, setKeeper] = useState<NoteKeeper | null>(null);
  const [problem, setProblem] = useState<OpenNote["problem"]>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    let own: NoteKeeper | null = null;
    const read = () => {
      notes.get(id, controller.signal).then(
        (found) => {
          setProblem(null);
          if (own) return own.take(found);
          own = new NoteKeeper(found);
          setKeeper(own);
        },
        (error: unknown) => !isAbort(error) && setProblem({ text: describe(error), gone: error instanceof APIError && error.status === 404 }),
      );
    };
    read();
    const unfollow = onLiveEvent((event) => {
      const job = own?.state.get().note.job_id;
      if (event.type === "job.progress" && event.payload.job_id === job && event.payload.progress) {
        setProgress(event.payload.progress.done / Math.max(1, event.payload.progress.total));
      }
      if (event.type === "resync" || (event.type.startsWith("note.") && (event.payload as { id?: string }).id === id)) read();
    });
    const hide = () => {
      if (document.visibilityState === "hidden") void own?.flush();
    };
    document.addEventListener("visibilitychange", hide);
    return () => {
      unfollow();
      controller.abort();
      document.removeEventListener("visibilitychange", hide);
      own?.close();
    };
  }, [id, turn]);
  const reload = useCallback(() => setTurn((now) => now + 1), []);
  return { keeper, problem, progress, reload };
}
