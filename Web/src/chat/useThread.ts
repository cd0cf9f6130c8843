import { useEffect } from "react";
import { live } from "../events/liveEvents";
import { useStore } from "../state/useStore";
import type { Thread } from "./Thread";

/** Reads a conversation, and looks up what came while there were no events, or while the tab was hidden. */
export function useThread(thread: Thread | null): void {
  useEffect(() => {
    if (thread && thread.store.get().phase !== "ready") void thread.load();
  }, [thread]);
  const connected = useStore(live);
  useEffect(() => {
    if (connected) void thread?.refresh();
  }, [thread, connected]);
  useEffect(() => {
    if (thread === null) return undefined;
    const look = () => {
      if (!document.hidden) void thread.refresh();
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [thread]);
}
