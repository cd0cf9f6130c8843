import { useCallback, useEffect, useRef, useState } from "react";
import { Card, CardLimits, cardsAPI } from "../api/cards";
import { describe, isAbort } from "../api/errors";
import { onLiveEvent } from "../events/liveEvents";
import { changedCard } from "./cardsStore";

interface Shown {
  phase: "loading" | "ready" | "failed";
  items: Card[];
  total: number;
  problem: string | null;
}

/** The cards of a deck as it is limited, read on page by page, and anew when something was written or changed. */
export function useCards(limits: CardLimits, step: number): Shown & { more: () => void; reload: () => void; place: (card: Card) => void } {
  const [shown, setShown] = useState<Shown>({ phase: "loading", items: [], total: 0, problem: null });
  const pages = useRef(1);
  const { deck, text, state, tag } = limits;
  const question = useRef(new AbortController());

  const load = useCallback(async (upTo: number) => {
    question.current.abort();
    const { signal } = (question.current = new AbortController());
    try {
      const items: Card[] = [];
      let total = 0;
      for (let page = 1; page <= upTo; page += 1) {
        const answer = await cardsAPI.list(page, step, { deck, text, state, tag }, signal);
        items.push(...answer.data);
        total = answer.pagination.total;
        if (page >= answer.pagination.pages) break;
      }
      if (signal.aborted) return;
      pages.current = upTo;
      setShown({ phase: "ready", items, total, problem: null });
    } catch (error) {
      if (!isAbort(error) && !signal.aborted) setShown((now) => ({ ...now, phase: "failed", problem: describe(error) }));
    }
  }, [deck, text, state, tag, step]);

  useEffect(() => {
    void load(1);
    return () => question.current.abort();
  }, [load]);
  useEffect(() => {
    // What another window, or the form, changed.
    let timer = 0;
    const soon = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void load(pages.current), 300);
    };
    const unfollow = onLiveEvent((event) => {
      if (event.type === "resync" || (event.type === "deck.updated" && event.payload.id === deck)) soon();
    });
    const unfollowForm = changedCard.subscribe(soon);
    return () => {
      window.clearTimeout(timer);
      unfollow();
      unfollowForm();
    };
  }, [load, deck]);

  return {
    ...shown,
    more: () => void load(pages.current + 1),
    reload: () => void load(pages.current),
    place: (card) => setShown((now) => ({ ...now, items: now.items.map((each) => (each.id === card.id ? card : each)) })),
  };
}
