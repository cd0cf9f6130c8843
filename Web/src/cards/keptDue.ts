import type { DueCard, DueList } from "../api/cards";
import { session } from "../session/session";
import { keepText, keptText } from "../state/kept";

const key = (user: string) => `little-monster-due-${user}`;

function user(): string | null {
  const now = session.get();
  return now.phase === "signedIn" ? now.user.id : null;
}

/** Keeps what waits in this browser, to be learned without a network. */
export function keepDue(list: DueList): void {
  const of = user();
  if (of !== null) keepText(key(of), JSON.stringify(list));
}

/** What was kept, of one deck or of all; null where nothing was. */
export function keptDue(deck: string | null): DueList | null {
  const of = user();
  try {
    const list = of === null ? null : (JSON.parse(keptText(key(of)) ?? "null") as DueList | null);
    if (list === null || !Array.isArray(list.data)) return null;
    const data = list.data.filter((card) => deck === null || card.deck_id === deck);
    return { ...list, data, counts: countsOf(data) };
  } catch {
    return null;
  }
}

export function countsOf(cards: readonly DueCard[]): DueList["counts"] {
  const of = (...states: DueCard["state"][]) => cards.filter(({ state }) => states.includes(state)).length;
  return { new: of("new"), learning: of("learning", "relearning"), review: of("review") };
}
