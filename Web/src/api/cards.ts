import { authorizedFetch, call, readAnswer } from "./client";
import { addressOf, Answer } from "./routes";
import type { Card, CardSource, Deck, DueCard, Pagination, StudySettings } from "./generated/schemas";

export type { Card, CardSource, Deck, DueCard, StudySettings };
export type CardType = Card["type"];
export type CardState = "new" | "learning" | "review" | "due" | "suspended" | "buried" | "leech";
export type DueList = Answer<"GET /reviews/due">;
export type Statistics = Answer<"GET /reviews/statistics">;
export type Reviewed = Answer<"POST /reviews">;
/** Forgotten, remembered with trouble, remembered, without thinking. */
export type Rating = 1 | 2 | 3 | 4;

export const cardTypes: readonly CardType[] = ["basic", "reversed", "cloze", "image_occlusion"];
export const cardStates: readonly CardState[] = ["due", "new", "learning", "review", "suspended", "leech"];

/** An answer on its way to the server. Its id makes it count once, however often it is sent. */
export interface GivenAnswer {
  id: string;
  card_id: string;
  rating: Rating;
  /** Missing where it is now. */
  reviewed_at?: string;
  duration_ms: number;
}

/** What a card says. */
export interface CardWords {
  deck_id: string;
  type: CardType;
  front: string;
  back: string;
  tags: string[];
}

export interface CardLimits {
  deck: string;
  text: string;
  state: CardState | "";
  tag: string;
}

export const decksAPI = {
  list: (signal?: AbortSignal): Promise<{ data: Deck[]; pagination: Pagination }> => call("GET /decks", { query: { limit: 100 }, signal }),
  create: (name: string, course: string | null): Promise<Deck> => call("POST /decks", { body: { name, ...(course === null ? {} : { course_id: course }) } }),
  change: (id: string, change: { name?: string; course_id?: string | null }): Promise<Deck> => call("PATCH /decks/{id}", { path: { id }, body: change as never }),
  /** Goes on even when the page is being closed. */
  remove: (id: string) => call("DELETE /decks/{id}", { path: { id }, keepalive: true }),
};

/** What a deck can be saved as. */
export const deckFiles = ["apkg", "csv", "md", "txt"] as const;
export type DeckFile = (typeof deckFiles)[number];

export const exchangeAPI = {
  file: async (id: string, format: DeckFile): Promise<Blob> => (await authorizedFetch(addressOf("GET /decks/{id}/export", { path: { id }, query: { format } }))).blob(),
  /** A job reads it; an event tells what came of it. */
  bring: async (file: File, deck: string | null): Promise<Answer<"POST /decks/import">> => {
    const form = new FormData();
    if (deck !== null) form.append("deck_id", deck);
    form.append("file", file, file.name);
    return readAnswer(await authorizedFetch("/decks/import", { method: "POST", body: form, headers: { Accept: "application/json" } }));
  },
};

export const cardsAPI = {
  list: (page: number, limit: number, { deck, text, state, tag }: CardLimits, signal?: AbortSignal): Promise<{ data: Card[]; pagination: Pagination }> =>
    call("GET /cards", {
      query: { page, limit, deck_id: deck, ...(text === "" ? {} : { q: text }), ...(state === "" ? {} : { state }), ...(tag === "" ? {} : { tag }) }, signal,
    }),
  show: (id: string, signal?: AbortSignal): Promise<Card> => call("GET /cards/{id}", { path: { id }, signal }),
  create: (words: CardWords, source: CardSource | null): Promise<Card> => call("POST /cards", { body: { ...words, ...(source === null ? {} : { source }) } }),
  change: (id: string, change: Partial<CardWords> & { is_suspended?: boolean; is_buried?: boolean }): Promise<Card> => call("PATCH /cards/{id}", { path: { id }, body: change }),
  /** Goes on even when the page is being closed. */
  remove: (id: string) => call("DELETE /cards/{id}", { path: { id }, keepalive: true }),
  tags: async (deck: string, signal?: AbortSignal): Promise<string[]> => (await call("GET /cards/tags", { query: { deck_id: deck }, signal })).data.map(({ tag }) => tag),
};

/** A card that is written together with others; of one key there is only one. */
export interface CardOfMany {
  key: string;
  front: string;
  back: string;
  tags?: string[];
  source?: CardSource;
}

export const manyCards = {
  write: (deck_id: string, cards: CardOfMany[]): Promise<Answer<"POST /cards/batch">> => call("POST /cards/batch", { body: { deck_id, cards } }),
};

/** Pictures and sounds, by the names that cards call them. */
export const mediaAPI = {
  get: async (name: string, signal?: AbortSignal): Promise<Blob> => (await authorizedFetch(addressOf("GET /cards/media/{name}", { path: { name } }), { signal })).blob(),
  keep: async (file: File): Promise<Answer<"POST /cards/media">> => {
    const form = new FormData();
    form.append("file", file, file.name);
    return readAnswer(await authorizedFetch("/cards/media", { method: "POST", body: form, headers: { Accept: "application/json" } }));
  },
};

export const reviewsAPI = {
  due: (deck: string | null, limit: number, ahead: boolean, signal?: AbortSignal): Promise<DueList> =>
    call("GET /reviews/due", { query: { limit, ...(deck === null ? {} : { deck_id: deck }), ...(ahead ? { ahead: true } : {}) }, signal }),
  answer: (given: GivenAnswer): Promise<Reviewed> => call("POST /reviews", { body: given }),
  undo: (id: string): Promise<Reviewed> => call("POST /reviews/{id}/undo", { path: { id } }),
  statistics: (deck: string | null, days: number, signal?: AbortSignal): Promise<Statistics> =>
    call("GET /reviews/statistics", { query: { days, ...(deck === null ? {} : { deck_id: deck }) }, signal }),
  settings: (signal?: AbortSignal): Promise<StudySettings> => call("GET /reviews/settings", { signal }),
  set: (change: Partial<StudySettings>): Promise<StudySettings> => call("PATCH /reviews/settings", { body: change }),
  fit: () => call("POST /reviews/parameters", {}),
};
