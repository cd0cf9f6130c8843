import { useEffect } from "react";
import { isBusy } from "../api/documents";
import { live } from "../events/liveEvents";
import { useStore } from "../state/useStore";
import { documentDeletion } from "./deletion";
import { library, LibraryState, loadLibrary, refreshBusy } from "./libraryStore";

/**
 * The library's list, kept up to date: by events as they come, and by asking while work goes on,
 * often when the event stream is broken and seldom, as a safety net, when it is open.
 */
export function useLibrary(): LibraryState {
  const state = useStore(library);
  const gone = useStore(documentDeletion.leaving);
  const connected = useStore(live);
  const busy = state.items.some(isBusy);
  useEffect(() => {
    if (!connected && library.get().phase === "ready") return;
    void loadLibrary();
  }, [connected]);
  useEffect(() => {
    if (!busy) return undefined;
    const timer = window.setInterval(() => void refreshBusy(), connected ? 8000 : 1500);
    return () => window.clearInterval(timer);
  }, [busy, connected]);
  return gone.size === 0 ? state : { ...state, items: state.items.filter((item) => !gone.has(item.id)) };
}
