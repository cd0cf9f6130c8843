import { useEffect } from "react";
import { isBusy } from "../api/documents";
import { outOfSight } from "../design/UndoableDeletion";
import { live } from "../events/liveEvents";
import { useStore } from "../state/useStore";
import { library, LibraryFilter, LibraryState, loadLibrary, refreshBusy } from "./libraryStore";

/** While the event stream is broken, what is being worked on is looked at this often, in milliseconds. */
const poll = 1500;
/** Letters of a filter are waited for so long, in milliseconds. */
const rest = 150;
/** Who waits in line is shown their place as it was so long ago at most, in milliseconds: it moves by what others do, of whom nobody tells. */
const line = 5000;

/** A page of the library's list, kept up to date by events; while there are none, by asking as long as work goes on. */
export function useLibrary(filter: LibraryFilter, page: number): LibraryState {
  const state = useStore(library);
  const gone = useStore(outOfSight);
  const connected = useStore(live);
  const busy = state.items.some(isBusy);
  const waiting = state.items.some(({ status }) => status === "pending");
  const { text, course, whose, sort } = filter;
  useEffect(() => {
    const before = library.get();
    const typed = before.phase === "ready" && before.filter.text !== text;
    // Another list's rows must not pass for this one's while it is on its way.
    if (before.filter.course !== course || before.filter.whose !== whose) library.set((current) => ({ ...current, phase: "loading", items: [], total: 0 }));
    const timer = window.setTimeout(() => void loadLibrary(page, { text, course, whose, sort }), typed ? rest : 0);
    return () => window.clearTimeout(timer);
  }, [text, course, whose, sort, page]);
  useEffect(() => {
    if (!busy || connected) return undefined;
    const timer = window.setInterval(() => void refreshBusy(), poll);
    return () => window.clearInterval(timer);
  }, [busy, connected]);
  useEffect(() => {
    if (!waiting || !connected) return undefined;
    const timer = window.setInterval(() => void refreshBusy(), line);
    return () => window.clearInterval(timer);
  }, [waiting, connected]);
  return gone.size === 0 ? state : { ...state, items: state.items.filter((item) => !gone.has(item.id)) };
}
