import type { CardSource } from "../api/cards";
import { openSheet } from "../frame/sheets";
import { Store } from "../state/store";

/** What a card is going to be made of: words of a document, or a question and its answer. */
export interface CardDraft {
  front: string;
  back: string;
  source: CardSource | null;
  /** The course whose deck it belongs into. */
  course: string | null;
}

export const cardDraft = new Store<CardDraft | null>(null);

/** Opens the form of a new card with something written in it. */
export function makeCard(draft: CardDraft): void {
  cardDraft.set(draft);
  openSheet("new-card");
}
