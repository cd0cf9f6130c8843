import { useCallback, useEffect, useState } from "react";
import { documents, isBusy, LibraryDocument } from "../api/documents";
import { describe } from "../api/errors";
import { onLiveEvent } from "../events/liveEvents";
import { uploads } from "../library/uploads";
import { useStore } from "../state/useStore";

interface Shelf {
  phase: "loading" | "ready" | "failed";
  total: number;
  /** What is being read now, and what could not be. */
  busy: LibraryDocument[];
  problem: string | null;
  reload: () => void;
}

/** What of the library concerns today. It follows the event stream. */
export function useShelf(): Shelf {
  const [state, setState] = useState<Omit<Shelf, "reload">>({ phase: "loading", total: 0, busy: [], problem: null });
  const [attempt, setAttempt] = useState(0);
  const sending = useStore(uploads).length;
  useEffect(() => {
    const controller = new AbortController();
    const look = () => documents.list(1, 50, {}, controller.signal).then(
      ({ data, pagination }) => setState({ phase: "ready", total: pagination.total, busy: data.filter(isBusy), problem: null }),
      (error: unknown) => {
        if (!controller.signal.aborted) setState((before) => ({ ...before, phase: before.phase === "ready" ? "ready" : "failed", problem: describe(error) }));
      },
    );
    void look();
    const unfollow = onLiveEvent((event) => {
      if (event.type === "document.progress") {
        const { id, progress } = event.payload;
        setState((before) => ({ ...before, busy: before.busy.map((item) => (item.id === id ? { ...item, status: "processing", progress } : item)) }));
      } else if (event.type === "resync" || event.type.startsWith("document.")) void look();
    });
    return () => {
      unfollow();
      controller.abort();
    };
  }, [attempt]);
  const reload = useCallback(() => setAttempt((before) => before + 1), []);
  // Files on their way are documents to be: who has some is no newcomer.
  return { ...state, total: state.total + sending, reload };
}
