import { conversations, Message, Offer } from "../api/conversations";
import { openEventStream, pause } from "../api/eventStream";
import { APIError, ConnectionError, describe, isAbort } from "../api/errors";
import type { ServerSentEvent } from "../api/serverSentEvents";
import { draftKey, drafts, writeDraft } from "../asking/drafts";
import { tellFailure } from "../design/toastStore";
import { Store } from "../state/store";
import { t } from "../strings/t";
import { AnswerState, applyAnswerEvent, newAnswer } from "./answerEvents";

export interface ThreadState {
  phase: "loading" | "ready" | "failed" | "gone";
  messages: Message[];
  /** Whether there are messages before these. */
  earlier: "none" | "there" | "coming";
  problem: string | null;
  /** The question that could not be sent, to be sent again. */
  unsent: string | null;
  activity: "idle" | "waiting" | "searching" | "writing";
  found: number | null;
}

const nothing: ThreadState = { phase: "ready", messages: [], earlier: "none", problem: null, unsent: null, activity: "idle", found: null };

/** What there is before a conversation begins. */
export const noThread = new Store<ThreadState>(nothing);

/** How often a broken stream is taken up again before the student is asked to. */
const resumptions = 6;
/** Messages on a page; the last two pages are read when a conversation is opened. */
const pageLength = 100;

/** One conversation as this page sees it. It lives outside the components, so that a change of page breaks no stream. */
export class Thread {
  readonly store = new Store<ThreadState>({ ...nothing, phase: "loading" });
  private controller: AbortController | null = null;
  /** The first page of messages that is shown; null until one is. */
  private oldest: number | null = null;
  /** Answers followed so far. */
  private turns = 0;
  private local = 0;

  constructor(readonly id: string, private readonly changed: (thread: Thread) => void) {}

  /** Reads the messages; an answer that is still being written is followed from its first word. */
  async load(): Promise<void> {
    if (this.controller !== null) return;
    try {
      await this.read();
    } catch (error) {
      const gone = error instanceof APIError && (error.status === 404 || error.status === 422);
      this.patch(gone ? { phase: "gone", problem: null } : { phase: "failed", problem: describe(error) });
    }
  }

  /** Reads what another tab or device has added meanwhile; if that fails, all stays as it is. */
  async refresh(): Promise<void> {
    const { phase, unsent } = this.store.get();
    if (phase !== "ready" || unsent !== null || this.controller !== null) return;
    await this.read().catch(() => undefined);
  }

  has(message: string): boolean {
    return this.store.get().messages.some((each) => each.id === message);
  }

  async loadEarlier(): Promise<void> {
    if (this.oldest === null || this.store.get().earlier !== "there") return;
    const page = this.oldest - 1;
    this.patch({ earlier: "coming" });
    try {
      const { data } = await conversations.messages(this.id, page, pageLength);
      this.oldest = page;
      const known = new Set(this.store.get().messages.map((message) => message.id));
      const earlier = data.map(whole).filter((message) => !known.has(message.id));
      this.patch({ messages: [...earlier, ...this.store.get().messages], earlier: page > 1 ? "there" : "none" });
    } catch (error) {
      this.patch({ earlier: "there" });
      tellFailure(error);
    }
  }

  private async read(): Promise<void> {
    const { turns } = this;
    const messages = await this.history();
    // What was read may be older than an answer that has begun, or even ended, meanwhile.
    if (this.controller !== null || this.turns !== turns) return;
    this.patch({ phase: "ready", messages, earlier: (this.oldest ?? 1) > 1 ? "there" : "none", problem: null, unsent: drafts.get().get(this.unsentKey()) ?? null });
    const last = messages[messages.length - 1];
    if (last?.role === "assistant" && last.status === "streaming") {
      await this.follow(newAnswer(last.id), (signal) => openEventStream(conversations.streamPath(last.id), { signal }), true);
    }
  }

  private async history(): Promise<Message[]> {
    const first = await conversations.messages(this.id, 1, pageLength);
    const { pages } = first.pagination;
    const oldest = Math.max(1, Math.min(this.oldest ?? pages - 1, pages - 1));
    const messages = oldest === 1 ? [...first.data] : [];
    for (let page = Math.max(2, oldest); page <= pages; page += 1) messages.push(...(await conversations.messages(this.id, page, pageLength)).data);
    this.oldest = oldest;
    return messages.map(whole);
  }

  /** Marks a conversation that was just made: it has nothing to load. */
  begin(): void {
    this.patch({ phase: "ready" });
  }

  async send(content: string): Promise<void> {
    if (this.controller !== null) return;
    const question = this.question(content);
    this.keepUnsent(null);
    if (!(await this.put(question))) {
      this.patch({ messages: this.store.get().messages.filter((message) => message !== question && message.content !== "") });
      this.keepUnsent(content);
    }
    this.changed(this);
  }

  /** Asks what an answer offers. One that does not arrive is offered still. */
  async take({ kind, question: content }: Offer): Promise<void> {
    if (this.controller !== null) return;
    const before = this.store.get().messages;
    const question = this.question(content);
    if (!(await this.put(kind === "ask_all" ? { ...question, scope: "all" } : question))) this.patch({ messages: before });
    this.changed(this);
  }

  /** Shows a message as it is now. */
  replace(message: Message): void {
    this.patch({ messages: this.store.get().messages.map((each) => (each.id === message.id ? { ...each, ...message } : each)) });
  }

  private question(content: string): Message {
    return { id: this.localID(), role: "user", content, citations: [], status: "completed" };
  }

  /** Shows a question, sends it and follows its answer; false if it did not arrive. */
  private put(question: Message): Promise<boolean> {
    this.patch({ problem: null, messages: [...this.store.get().messages, question] });
    const { content, scope } = question;
    return this.follow(newAnswer(this.localID()), (signal) =>
      openEventStream(conversations.sendPath(this.id), { method: "POST", body: { content, ...(scope ? { scope } : {}) }, signal }));
  }

  sendAgain(): void {
    const { unsent } = this.store.get();
    if (unsent !== null) void this.send(unsent);
  }

  /** Gives the question that could not be sent back to be written anew. */
  takeBack(): void {
    const { unsent } = this.store.get();
    if (unsent === null) return;
    const place = draftKey({ talk: this.id });
    writeDraft(place, [unsent, drafts.get().get(place) ?? ""].filter(Boolean).join("\n\n"));
    this.keepUnsent(null);
    this.patch({ problem: null });
  }

  /** A question that did not arrive stays, over a reload too, until it is sent or taken back. */
  private keepUnsent(content: string | null): void {
    writeDraft(this.unsentKey(), content ?? "");
    this.patch({ unsent: content });
  }

  private unsentKey(): string {
    return draftKey({ unsent: this.id });
  }

  /** Writes the answer anew, in place of the old one. */
  async regenerate(answer: Message): Promise<void> {
    if (this.controller !== null) return;
    const before = this.store.get().messages;
    this.patch({ problem: null, messages: before.filter((message) => message.id !== answer.id) });
    const sent = await this.follow(newAnswer(answer.id), (signal) =>
      openEventStream(conversations.regeneratePath(answer.id), { method: "POST", body: {}, signal }));
    if (!sent) this.patch({ messages: before });
  }

  async stop(): Promise<void> {
    const answer = this.store.get().messages.find((message) => message.status === "streaming");
    if (answer === undefined || answer.id.startsWith("local")) {
      this.controller?.abort();
      return;
    }
    await conversations.stop(answer.id).catch((error: unknown) => this.patch({ problem: describe(error) }));
  }

  /** Lets go of the stream; the server goes on writing. */
  close(): void {
    this.controller?.abort();
  }

  /** Shows an answer as its events come, over breaks of the connection. False when the server never took the question. */
  private async follow(
    start: AnswerState, open: (signal: AbortSignal) => AsyncIterable<ServerSentEvent>, alreadyTaken = false,
  ): Promise<boolean> {
    const controller = new AbortController();
    this.controller = controller;
    this.turns += 1;
    let state = start;
    let started = alreadyTaken;
    let lastEventID: string | null = null;
    let source = open;
    this.show(state, state.message.id);
    try {
      for (let attempt = 0; ; attempt += 1) {
        try {
          for await (const event of source(controller.signal)) {
            const shown = state.message.id;
            state = applyAnswerEvent(state, event);
            if (event.id !== null) lastEventID = event.id;
            started = true;
            this.show(state, shown);
            if (event.event === "delta") attempt = 0;
          }
        } catch (error) {
          if (isAbort(error)) return started;
          if (!started || (error instanceof APIError && error.status < 500)) throw error;
        }
        if (state.done || controller.signal.aborted) return true;
        if (!started) throw new Error(t("chat.brokeBefore"));
        if (attempt >= resumptions) throw new Error(t("chat.lostAnswer"));
        await pause(Math.min(250 * 2 ** attempt, 4000), controller.signal);
        const { id } = state.message;
        source = (signal) => openEventStream(conversations.streamPath(id), { lastEventID, signal });
      }
    } catch (error) {
      // That the server cannot be reached is told once, at the top of the page.
      this.patch({ problem: error instanceof ConnectionError ? null : describe(error) });
      return started;
    } finally {
      this.controller = null;
      this.patch({ activity: "idle" });
    }
  }

  private show(state: AnswerState, shownAs: string): void {
    const { messages } = this.store.get();
    const at = messages.findIndex((message) => message.id === shownAs);
    const next = at < 0 ? [...messages, state.message] : messages.map((message, index) => (index === at ? state.message : message));
    const activity = state.done ? "idle" : state.message.content !== "" ? "writing" : state.waiting ? "waiting" : "searching";
    this.patch({ messages: next, activity, found: state.found });
  }

  private patch(values: Partial<ThreadState>): void {
    this.store.set((state) => ({ ...state, ...values }));
  }

  private localID(): string {
    this.local += 1;
    return `local-${this.local}`;
  }
}

function whole(message: Message): Message {
  return { ...message, citations: message.citations ?? [], content: message.content ?? "" };
}
