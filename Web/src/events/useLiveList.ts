import { useEffect, useMemo } from "react";
import type { LiveList, ListState } from "../api/LiveList";
import { useStore } from "../state/useStore";
import { onLiveEvent } from "./liveEvents";

/**
 * A list that is read when a component comes, follows what the server tells while it stands, and is forgotten with it.
 * @param key what the list is of; another key is another list.
 */
export function useLiveList<Item extends { id: string }, Filter>(key: string, make: () => LiveList<Item, Filter>): ListState<Item, Filter> & { reload: () => void } {
  // The key stands for all that `make` depends on.
  const list = useMemo(make, [key]);
  const state = useStore(list.store);
  useEffect(() => {
    const unfollow = onLiveEvent((event) => list.apply(event));
    void list.load();
    return () => {
      unfollow();
      list.forget();
    };
  }, [list]);
  return { ...state, reload: () => void list.load() };
}
