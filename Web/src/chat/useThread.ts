import { useEffect } from "react";
import type { Thread } from "./Thread";

/** Reads a conversation, and looks up what came while the tab was hidden; of all else the server tells. */
export function useThread(thread: Thread | null): void {
  useEffect(() => {
    if (thread && thread.store.get().phase !== "ready") void thread.load();
  }, [thread]);
  useEffect(() => {
    if (thread === null) return undefined;
    const look = () => {
      if (!document.hidden) void thread.refresh();
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [thread]);
}
