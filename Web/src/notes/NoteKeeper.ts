import { APIError, ConnectionError, describe } from "../api/errors";
import { Note, NoteCitation, notes } from "../api/notes";
import { keepText, keptText } from "../state/kept";
import { Store } from "../state/store";
import { withBoth } from "./withBoth";

export type Phase = "saved" | "unsaved" | "saving" | "offline" | "failed" | "clash";

export interface Kept {
  note: Note;
  title: string;
  text: string;
  phase: Phase;
  /** What the server has by now, where that is not what was changed here. */
  theirs: Note | null;
  problem: string | null;
}

interface Draft {
  title: string;
  text: string;
  version: number;
  citations: NoteCitation[];
}

/** Time without a key before what was typed is saved, in milliseconds. */
const rest = 900;
/** Tells this window from others: what is typed in it in one sitting is one version. */
const editor = Math.random().toString(36).slice(2);

/**
 * Keeps what is typed into a note: at once on this device, soon on the server. Where the note has been changed elsewhere meanwhile,
 * both are kept until the reader has said what is to stand.
 */
export class NoteKeeper {
  readonly state: Store<Kept>;
  private timer = 0;
  private sending = false;
  private readonly key: string;
  /** What numbers stand for: also those that the text does not name now, since what was deleted may come back. */
  private readonly sources = new Map<number, NoteCitation>();

  constructor(note: Note) {
    this.key = `note-draft:${note.id}`;
    for (const citation of note.citations) this.sources.set(citation.number, citation);
    this.state = new Store<Kept>({ note, title: note.title, text: note.content, phase: "saved", theirs: null, problem: null });
    const draft = this.draft();
    if (draft === null || (draft.text === note.content && draft.title === note.title)) {
      keepText(this.key, null);
      return;
    }
    for (const citation of draft.citations) if (!this.sources.has(citation.number)) this.sources.set(citation.number, citation);
    // Typed here and never saved: by a window that was closed, or one without a connection.
    if (draft.version === note.version) {
      this.put({ title: draft.title, text: draft.text, phase: "unsaved" });
      this.later();
    } else {
      this.put({ note: { ...note, content: draft.text, citations: draft.citations, version: draft.version }, title: draft.title, text: draft.text, phase: "clash", theirs: note });
    }
  }

  edit(change: { title?: string; text?: string }): void {
    const { phase } = this.state.get();
    this.put({ ...change, ...(phase === "clash" ? {} : { phase: "unsaved", problem: null }) });
    this.keep();
    if (phase !== "clash") this.later();
  }

  /** The server has another version: it is taken where nothing was typed here. */
  take(note: Note): void {
    const { phase, note: known } = this.state.get();
    if (note.version < known.version) return;
    if (phase === "saved") this.put({ note, title: note.title, text: note.content });
    else if (note.version === known.version) this.put({ note });
    else if (phase !== "saving") this.put({ phase: "clash", theirs: note });
  }

  /** Saves what is not saved yet, such as when the page is left. */
  async flush(): Promise<void> {
    window.clearTimeout(this.timer);
    const { note, title, text, phase } = this.state.get();
    if (this.sending || phase === "saved" || phase === "clash") return;
    this.sending = true;
    this.put({ phase: "saving" });
    try {
      const citations = this.named(text);
      const saved = await notes.change(note.id, { version: note.version, editor, content: text, ...(citations.length > 0 ? { citations } : {}), ...(title.trim() === "" ? {} : { title: title.trim() }) });
      const now = this.state.get();
      const same = now.text === text && now.title === title;
      this.put({ note: saved, phase: same ? "saved" : "unsaved", problem: null });
      if (same) keepText(this.key, null);
      else this.keep();
    } catch (error) {
      await this.failed(error);
    } finally {
      this.sending = false;
    }
    if (this.state.get().phase === "unsaved") this.later();
  }

  /** Ends a clash. What does not stay is a version. */
  async settle(choice: "mine" | "theirs" | "both"): Promise<void> {
    const { note, title, text, theirs } = this.state.get();
    if (theirs === null) return;
    const both = withBoth({ text, citations: note.citations }, { text: theirs.content, citations: theirs.citations });
    const mine = withBoth({ text, citations: note.citations }, { text: "", citations: theirs.citations });
    const wanted = choice === "both" ? both : mine;
    try {
      let saved = await notes.change(note.id, { version: theirs.version, editor, content: wanted.text, citations: wanted.citations, title: title.trim() === "" ? theirs.title : title.trim() });
      if (choice === "theirs") saved = await notes.restore(note.id, theirs.version, saved.version);
      this.put({ note: saved, title: saved.title, text: saved.content, phase: "saved", theirs: null, problem: null });
      keepText(this.key, null);
    } catch (error) {
      await this.failed(error);
    }
  }

  close(): void {
    void this.flush();
  }

  private async failed(error: unknown): Promise<void> {
    const { note, text, title } = this.state.get();
    if (error instanceof APIError && error.status === 409) {
      try {
        const theirs = await notes.get(note.id);
        // The same was typed there.
        if (theirs.content === text && theirs.title === title) {
          keepText(this.key, null);
          return this.put({ note: theirs, phase: "saved", theirs: null });
        }
        return this.put({ phase: "clash", theirs });
      } catch (again) {
        return this.put({ phase: "failed", problem: describe(again) });
      }
    }
    if (error instanceof ConnectionError) {
      this.put({ phase: "offline", problem: null });
      this.later(5_000);
      return;
    }
    this.put({ phase: "failed", problem: describe(error) });
  }

  private later(milliseconds = rest): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.flush(), milliseconds);
  }

  private keep(): void {
    const { note, title, text } = this.state.get();
    const draft: Draft = { title, text, version: note.version, citations: note.citations };
    keepText(this.key, JSON.stringify(draft));
  }

  private draft(): Draft | null {
    try {
      const value = JSON.parse(keptText(this.key) ?? "null") as Draft | null;
      return value !== null && typeof value.text === "string" && typeof value.version === "number" && Array.isArray(value.citations) ? value : null;
    } catch {
      return null;
    }
  }

  /** The sources that a text names, as far as they are known. */
  private named(text: string): NoteCitation[] {
    const numbers = new Set([...text.matchAll(/\[(\d{1,3})\]/g)].map((match) => Number(match[1])));
    return [...this.sources.values()].filter(({ number }) => numbers.has(number)).sort((one, other) => one.number - other.number);
  }

  private put(change: Partial<Kept>): void {
    const next = { ...this.state.get(), ...change };
    if (change.note) for (const citation of change.note.citations) this.sources.set(citation.number, citation);
    this.state.set({ ...next, note: { ...next.note, citations: this.named(next.text) } });
  }
}
