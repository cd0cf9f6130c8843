import { Card, cardsAPI, Deck, decksAPI, reviewsAPI } from "../api/cards";
import { APIError, ConnectionError } from "../api/errors";
import { LiveList } from "../api/LiveList";
import { showToast } from "../design/toastStore";
import { UndoableDeletion } from "../design/UndoableDeletion";
import type { LiveEvent } from "../events/liveEvents";
import { Store } from "../state/store";
import { t } from "../strings/t";
import { forgetAnswersGiven, sendAnswers } from "./givenAnswers";

/** By name. */
const list = new LiveList<Deck>({
  filter: null,
  domain: "deck",
  order: (a, b) => a.name.localeCompare(b.name),
  read: (_, __, signal) => decksAPI.list(signal),
});

export const deckList = list.store;
export const loadDecks = () => list.load();
export const placeDeck = (deck: Deck) => list.place(deck);

/** How many cards wait today; null while nobody knows. */
export const waiting = new Store<number | null>(null);
/** A card that was written or changed here, for lists that show it. */
export const changedCard = new Store<Card | null>(null);

export const deckDeletion = new UndoableDeletion({
  async remove(id) {
    await decksAPI.remove(id);
    list.remove(id);
  },
  after: () => undefined,
});

export const cardDeletion = new UndoableDeletion({
  remove: (id) => cardsAPI.remove(id),
  after: () => undefined,
});

/** Milliseconds from the last change to the question how many wait: who learns changes that every few seconds. */
const rest = 4000;
let timer = 0;

export function startCards(): void {
  void countWaiting();
  void sendAnswers();
}

export async function countWaiting(): Promise<void> {
  window.clearTimeout(timer);
  try {
    const { counts, utc_offset } = await reviewsAPI.due(null, 1, false);
    waiting.set(counts.new + counts.learning + counts.review);
    // The student's days change by the clock of where the student is.
    const offset = -new Date().getTimezoneOffset();
    if (offset !== utc_offset) await reviewsAPI.set({ utc_offset: offset });
  } catch (error) {
    // A server without the room for cards has none; of one that is away the banner tells.
    if (!(error instanceof APIError || error instanceof ConnectionError)) throw error;
  }
}

export function applyToCards(event: LiveEvent): void {
  if (event.type === "card.parameters_fitted") showToast(t("cards.fitted", { reviews: event.payload.reviews }), { life: 8000 });
  if (event.type === "deck.imported") {
    const { imported, known, skipped, first_fault } = event.payload;
    const told = [
      t("cards.imported", { count: imported }), (known ?? 0) > 0 ? t("cards.known", { count: known ?? 0 }) : "",
      skipped > 0 ? t("cards.skipped", { count: skipped, why: first_fault ?? "" }) : "",
    ];
    showToast(told.filter(Boolean).join(" "), { life: 12_000 });
    // A package may have brought decks of its own.
    void list.load();
    return;
  }
  if (event.type === "deck.made") {
    if (event.payload.cards === 0) showToast(t("cards.noneMade"), { life: 12_000 });
    return;
  }
  list.apply(event);
  if (!/^(deck|card)\./.test(event.type) && event.type !== "resync") return;
  window.clearTimeout(timer);
  timer = window.setTimeout(() => {
    void countWaiting();
    // What waits in each deck is no part of what an answer tells.
    if (event.type.startsWith("card.") && deckList.get().phase === "ready") void list.load();
  }, rest);
}

export function forgetCards(): void {
  window.clearTimeout(timer);
  deckDeletion.forget();
  cardDeletion.forget();
  forgetAnswersGiven();
  list.forget();
  waiting.set(null);
  changedCard.set(null);
}
