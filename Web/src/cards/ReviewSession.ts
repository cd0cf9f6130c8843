import { DueCard, DueList, GivenAnswer, Rating, Reviewed, reviewsAPI } from "../api/cards";
import { reachable } from "../api/connection";
import { describe, isAbort } from "../api/errors";
import { showToast } from "../design/toastStore";
import { Store } from "../state/store";
import { t } from "../strings/t";
import { answeredCards, give, takeBack, unsent } from "./givenAnswers";
import { countsOf, keepDue, keptDue } from "./keptDue";
import { newID } from "./newID";

export interface ReviewState {
  phase: "loading" | "asking" | "done" | "failed";
  card: DueCard | null;
  revealed: boolean;
  counts: DueList["counts"];
  twoButtons: boolean;
  /** Answers of this session, how many of them were remembered, and how long they took in all, in milliseconds. */
  given: number;
  remembered: number;
  time: number;
  canUndo: boolean;
  problem: string | null;
}

/** So few left, and the server is asked for more. */
const few = 5;
const step = 100;

/** Asks what waits, card by card. Answers are kept and sent behind it, so that no card waits for the network. */
export class ReviewSession {
  readonly store = new Store<ReviewState>({
    phase: "loading", card: null, revealed: false, counts: { new: 0, learning: 0, review: 0 }, twoButtons: false, given: 0, remembered: 0, time: 0, canUndo: false, problem: null,
  });
  private queue: DueCard[] = [];
  private readonly done: { id: string; card: DueCard; rating: Rating; time: number }[] = [];
  private shownAt = Date.now();
  private reading: AbortController | null = null;
  private readonly unfollow: () => void;

  constructor(private readonly deck: string | null, private readonly ahead: boolean) {
    this.unfollow = reachable.subscribe(() => {
      // What the last answers bring back, nobody says without the server.
      if (!reachable.get() && this.store.get().phase === "loading" && this.done.length > 0) this.change({ phase: "done" });
    });
  }

  /** Asks the server what waits; without it, what this browser kept. */
  async load(): Promise<void> {
    this.reading?.abort();
    const mine = (this.reading = new AbortController());
    try {
      const list = await this.read(mine.signal);
      if (mine.signal.aborted) return;
      this.reading = null;
      this.take(list);
    } catch (error) {
      if (isAbort(error) || mine.signal.aborted) return;
      this.reading = null;
      this.change({ phase: "failed", problem: describe(error) });
    }
  }

  reveal(): void {
    if (this.store.get().card) this.change({ revealed: true });
  }

  answer(rating: Rating): void {
    const { card, revealed, counts, given, remembered, time } = this.store.get();
    if (!card || !revealed) return;
    const spent = Math.min(Date.now() - this.shownAt, 600_000);
    const answer: GivenAnswer = { id: newID(), card_id: card.card_id, rating, reviewed_at: new Date().toISOString(), duration_ms: spent };
    this.done.push({ id: answer.id, card, rating, time: spent });
    this.change({ counts: without(counts, card), given: given + 1, remembered: remembered + (rating > 1 ? 1 : 0), time: time + spent, canUndo: true });
    give(answer, (reviewed) => this.told(reviewed));
    // Without the server nobody says when a forgotten card comes back; before the end it does.
    if (rating === 1 && !reachable.get()) this.queue.push(card);
    this.next();
  }

  /** The last card is asked again as if it had not been answered. */
  undo(): void {
    const last = this.done.pop();
    if (!last) return;
    takeBack(last.id);
    const { card, given, remembered, time, counts } = this.store.get();
    this.queue = this.queue.filter(({ card_id }) => card_id !== last.card.card_id);
    if (card && card.card_id !== last.card.card_id) this.queue.unshift(card);
    this.change({
      counts: withCard(counts, last.card), given: given - 1, remembered: remembered - (last.rating > 1 ? 1 : 0), time: time - last.time, canUndo: this.done.length > 0,
    });
    this.show(last.card, true);
  }

  /** Goes on to the next: this one was set aside or deleted. */
  skip(): void {
    const { card, counts } = this.store.get();
    if (card) this.change({ counts: without(counts, card) });
    this.next();
  }

  /** The card was written anew. */
  rewritten(id: string, front: string, back: string, markup: DueCard["markup"]): void {
    const { card } = this.store.get();
    if (card?.card_id === id) this.change({ card: { ...card, front, back, markup } });
  }

  end(): void {
    this.unfollow();
    this.reading?.abort();
  }

  private async read(signal: AbortSignal): Promise<DueList> {
    const kept = keptDue(this.deck);
    const asked = reviewsAPI.due(this.deck, step, this.ahead, signal);
    // What is asked waits for the server; who learns does not.
    if (kept === null) return asked;
    const list = await Promise.race([asked, lost(signal)]);
    if (list === null) {
      asked.catch(() => undefined);
      return kept;
    }
    if (this.deck === null && !this.ahead) keepDue(list);
    return list;
  }

  private take(list: DueList): void {
    if (this.deck === null && !this.ahead && reachable.get()) keepDue(list);
    const { card } = this.store.get();
    const answered = answeredCards();
    const fresh = list.data.filter(({ card_id }) => !answered.has(card_id) && card_id !== card?.card_id);
    this.queue = fresh;
    this.change({ counts: answered.size === 0 ? list.counts : countsOf(fresh), twoButtons: list.two_buttons, problem: null });
    if (!card) this.next();
  }

  private told(reviewed: Reviewed): void {
    if (reviewed.is_leech && reviewed.is_suspended) showToast(t("cards.becameLeech"), { life: 10_000 });
    if (this.queue.length < few) void this.load();
  }

  private next(): void {
    const card = this.queue.shift();
    if (card) this.show(card, false);
    // What was answered last may come back at once: the server says so when it knows of the answer.
    else if (unsent.get() > 0 && reachable.get()) this.change({ phase: "loading", card: null, revealed: false });
    else this.change({ phase: "done", card: null, revealed: false });
  }

  private show(card: DueCard, revealed: boolean): void {
    this.shownAt = Date.now();
    this.change({ phase: "asking", card, revealed });
  }

  private change(values: Partial<ReviewState>): void {
    this.store.set((now) => ({ ...now, ...values }));
  }
}

function without(counts: DueList["counts"], card: DueCard): DueList["counts"] {
  const kind = kindOf(card);
  return { ...counts, [kind]: Math.max(0, counts[kind] - 1) };
}

function withCard(counts: DueList["counts"], card: DueCard): DueList["counts"] {
  const kind = kindOf(card);
  return { ...counts, [kind]: counts[kind] + 1 };
}

export function kindOf({ state }: DueCard): "new" | "learning" | "review" {
  return state === "relearning" ? "learning" : state;
}

/** null as soon as the server cannot be reached. */
function lost(signal: AbortSignal): Promise<null> {
  return new Promise((done) => {
    if (!reachable.get()) return done(null);
    const unfollow = reachable.subscribe(() => {
      if (reachable.get()) return;
      unfollow();
      done(null);
    });
    signal.addEventListener("abort", unfollow, { once: true });
  });
}
