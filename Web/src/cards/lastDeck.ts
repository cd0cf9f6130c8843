import type { Deck } from "../api/cards";
import { keepText, keptText } from "../state/kept";

const key = "little-monster-last-deck";

/** The deck that the last card was written into, or the first that there is. */
export function lastDeck(decks: readonly Deck[]): string | null {
  const last = keptText(key);
  return decks.find(({ id }) => id === last)?.id ?? decks[0]?.id ?? null;
}

export function noteDeck(id: string): void {
  keepText(key, id);
}
