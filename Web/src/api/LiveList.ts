import { Store } from "../state/store";
import { reachable } from "./connection";
import { ConnectionError, describe, isAbort } from "./errors";
import { EventName, isSharing, LiveEvent } from "./events";
import type { Pagination } from "./generated/schemas";

export interface ListState<Item, Filter> {
  phase: "loading" | "ready" | "failed";
  items: Item[];
  page: number;
  pages: number;
  /** How many there are on all pages. */
  total: number;
  filter: Filter;
  /** Why the list is not as it should be; what a lost connection does is told once, elsewhere, for all. */
  problem: string | null;
}

export interface ListRules<Item, Filter> {
  /**
   * One page of the list as the server has it. A list that grows is read on from `after`, the `next` of what came before, where
   * there is one: unlike a page's number it stays right when things come and move meanwhile.
   */
  read: (page: number, filter: Filter, signal: AbortSignal, after?: string) => Promise<{ data: Item[]; pagination: Pagination }>;
  /** What it is limited to at first. */
  filter: Filter;
  /** Whether a new thing may be missing in the list because the list is limited. */
  isLimited?: (filter: Filter) => boolean;
  /** Whether a thing belongs into the list as it is limited, as far as that can be told here; one that does not is taken out. */
  fits?: (item: Item, filter: Filter) => boolean;
  /** The events that tell of its things: `document` for `document.completed`. Their payload is the thing, or has its `id`. */
  domain: string;
  /** The event that tells of a new one; `document.created` for the domain `document` where it is not named. */
  begins?: EventName;
  /** In which order the server has them, where that can be told here: what is told of goes to its place. */
  order?: (a: Item, b: Item) => number;
  /** It shows who shares what, or what others share: it is read anew when that changes. */
  heedsSharing?: boolean;
  /** It is one list that grows at its end, and no page of it. */
  grows?: boolean;
  /** What an event of the domain that carries no whole thing changes in one. */
  changes?: (event: LiveEvent, item: Item) => Partial<Item> | null;
}

/** Milliseconds from the last letter of a filter to the question; who types fast asks once. */
const typing = 150;

/**
 * A list of the user's things as the server has it, page by page or grown at its end, kept up to date by events.
 * Only the latest question counts: an answer that a later one overtook is dropped.
 */
export class LiveList<Item extends { id: string }, Filter = null> {
  readonly store: Store<ListState<Item, Filter>>;
  private readonly empty: ListState<Item, Filter>;
  private question: AbortController | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Something came, changed or went while the list was being read: what is read may be older than that. */
  private overtaken = false;
  private stopWaiting: (() => void) | null = null;
  /** Where what follows the list as it is shown begins, if it grows and the server says so. */
  private next: string | undefined;

  constructor(private readonly rules: ListRules<Item, Filter>) {
    this.empty = { phase: "loading", items: [], page: 1, pages: 1, total: 0, filter: rules.filter, problem: null };
    this.store = new Store(this.empty);
  }

  /** Reads a page of the list. */
  async load(page: number = this.store.get().page, filter: Filter = this.store.get().filter): Promise<void> {
    const signal = this.ask();
    this.store.set((state) => (state.filter === filter ? state : { ...state, filter }));
    try {
      const { data, pagination } = await (this.rules.grows ? this.readUpTo(page, filter, signal) : this.rules.read(page, filter, signal));
      if (signal.aborted) return;
      if (this.overtaken) return await this.load(page, filter);
      const { pages, total } = pagination;
      if (data.length === 0 && page > 1) return await this.load(Math.max(1, Math.min(page - 1, pages)), filter);
      this.question = null;
      this.next = this.rules.grows ? pagination.next : undefined;
      this.store.set({ phase: "ready", problem: null, items: this.ordered(data), page: Math.min(page, Math.max(1, pages)), pages: Math.max(1, pages), total, filter });
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
  }

  /** Limits the list: shown at once, asked for when the typing pauses. */
  limit(filter: Filter): void {
    this.store.set((state) => ({ ...state, filter }));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.load(1, filter), typing);
  }

  /** Reads the next page and adds it at the end. */
  async more(): Promise<void> {
    const { page, pages, filter } = this.store.get();
    if (page >= pages || this.question !== null) return;
    const signal = this.ask();
    try {
      const { data, pagination } = await this.rules.read(page + 1, filter, signal, this.next);
      if (signal.aborted) return;
      this.question = null;
      if (this.rules.grows) this.next = pagination.next;
      const { items } = this.store.get();
      const known = new Set(items.map((item) => item.id));
      const added = data.filter((item) => !known.has(item.id));
      this.store.set((state) => ({ ...state, items: this.ordered([...items, ...added]), page: page + 1, pages: pagination.pages, total: pagination.total, problem: null }));
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
  }

  find(id: string): Item | undefined {
    return this.store.get().items.find((item) => item.id === id);
  }

  /** Puts a thing into the list: at its place, or on top. */
  place(item: Item): void {
    if (this.find(item.id)) return this.change(item.id, item);
    if (!this.fits(item)) return;
    if (this.question !== null) this.overtaken = true;
    this.store.set((state) => {
      if (state.page !== 1 && !this.rules.grows && state.items.length > 0) return { ...state, total: state.total + 1 };
      return { ...state, phase: "ready", items: this.ordered([item, ...state.items]), total: state.total + 1 };
    });
  }

  change(id: string, values: Partial<Item>): void {
    const known = this.find(id);
    if (!known) return;
    const changed = { ...known, ...values };
    if (!this.fits(changed)) return this.remove(id);
    this.store.set((state) => ({ ...state, items: this.ordered(state.items.map((item) => (item.id === id ? changed : item))) }));
  }

  remove(id: string): void {
    if (!this.find(id)) return;
    this.store.set((state) => ({ ...state, items: state.items.filter((item) => item.id !== id), total: Math.max(0, state.total - 1) }));
  }

  /** Brings an event of the server into the list. */
  apply(event: LiveEvent): void {
    if (this.store.get().phase === "loading" && this.question === null) return;
    if (event.type === "resync" || (this.rules.heedsSharing && isSharing(event))) return void this.load();
    const [domain, action] = event.type.split(".");
    const { id } = event.payload as { id?: string };
    if (domain !== this.rules.domain || id === undefined) return;
    // How far something is comes again; whatever else is told does not.
    if (this.question !== null && action !== "progress") this.overtaken = true;
    if (action === "deleted") return this.remove(id);
    const known = this.find(id);
    if (!known) return this.meet(event);
    const values = this.rules.changes?.(event, known) ?? (event.payload as unknown as Partial<Item>);
    this.change(id, values);
  }

  /** Lets go of what it asks and of what it knows. */
  forget(): void {
    this.question?.abort();
    this.question = null;
    clearTimeout(this.timer);
    this.stopWaiting?.();
    this.store.set(this.empty);
  }

  /** Something of the domain that is not in the list may belong into it now. */
  private meet(event: LiveEvent): void {
    const { page, filter } = this.store.get();
    const limited = this.rules.isLimited?.(filter) ?? false;
    const isNew = event.type === (this.rules.begins ?? `${this.rules.domain}.created`);
    if ((!isNew && event.type !== `${this.rules.domain}.updated`) || !this.fits(event.payload as unknown as Item)) return;
    if (isNew && !limited && this.rules.order !== undefined) this.place(event.payload as unknown as Item);
    // Where it belongs in the list, and whether a change brought it here at all, the server knows.
    else if (!limited && (page === 1 || this.rules.grows)) void this.load();
  }

  /** All pages up to one, as one. */
  private async readUpTo(last: number, filter: Filter, signal: AbortSignal): Promise<{ data: Item[]; pagination: Pagination }> {
    let answer = await this.rules.read(1, filter, signal);
    const items = new Map(answer.data.map((item) => [item.id, item]));
    for (let page = 2; page <= Math.min(last, answer.pagination.pages); page += 1) {
      answer = await this.rules.read(page, filter, signal, answer.pagination.next);
      for (const item of answer.data) items.set(item.id, item);
    }
    return { data: [...items.values()], pagination: answer.pagination };
  }

  private ordered(items: Item[]): Item[] {
    return this.rules.order ? [...items].sort(this.rules.order) : items;
  }

  private fits(item: Item): boolean {
    return this.rules.fits?.(item, this.store.get().filter) ?? true;
  }

  private ask(): AbortSignal {
    this.question?.abort();
    clearTimeout(this.timer);
    this.stopWaiting?.();
    this.overtaken = false;
    this.question = new AbortController();
    return this.question.signal;
  }

  private fail(error: unknown): void {
    this.question = null;
    if (isAbort(error)) return;
    if (error instanceof ConnectionError) return this.waitForServer();
    this.store.set((state) => ({ ...state, phase: state.items.length > 0 ? "ready" : "failed", problem: describe(error) }));
  }

  /** Asks again as soon as something has reached the server. */
  private waitForServer(): void {
    this.stopWaiting?.();
    const unfollow = reachable.subscribe(() => {
      if (reachable.get()) void this.load();
    });
    this.stopWaiting = () => {
      unfollow();
      this.stopWaiting = null;
    };
  }
}
