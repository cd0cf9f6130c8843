import { documents, DocumentSort, isBusy, LibraryDocument } from "../api/documents";
import { describe } from "../api/errors";
import { LiveEvent } from "../events/liveEvents";
import { dropRecent, renameRecent } from "../frame/recents";
import { Store } from "../state/store";

/** What the list is limited to, and its order. */
export interface LibraryFilter {
  /** Part of a title or a file's name; empty for any. */
  text: string;
  /** null for any. */
  course: string | null;
  sort: DocumentSort;
}

export const anyDocument: LibraryFilter = { text: "", course: null, sort: "-created_at" };

export interface LibraryState {
  phase: "loading" | "ready" | "failed";
  problem: string | null;
  items: LibraryDocument[];
  page: number;
  pages: number;
  total: number;
  filter: LibraryFilter;
}

export const pageLength = 25;

const empty: LibraryState = { phase: "loading", problem: null, items: [], page: 1, pages: 1, total: 0, filter: anyDocument };

export const library = new Store<LibraryState>(empty);

let latest = 0;
/** A document was added while the list was being read: what is read may be older than it. */
let overtaken = false;

/** Reads a page of the list; an answer that a later question overtook is dropped. */
export async function loadLibrary(page = library.get().page, filter = library.get().filter): Promise<void> {
  latest += 1;
  const mine = latest;
  overtaken = false;
  library.set((state) => ({ ...state, filter }));
  try {
    const answer = await documents.list(page, pageLength, { text: filter.text.trim(), course: filter.course, sort: filter.sort });
    if (mine !== latest) return;
    if (overtaken) return await loadLibrary(page, filter);
    const { pages, total } = answer.pagination;
    if (answer.data.length === 0 && page > 1) return await loadLibrary(Math.max(1, Math.min(page - 1, pages)), filter);
    library.set({ phase: "ready", problem: null, items: answer.data, page, pages: Math.max(1, pages), total, filter });
  } catch (error) {
    if (mine !== latest) return;
    library.set((state) => ({ ...state, phase: state.items.length > 0 ? "ready" : "failed", problem: describe(error) }));
  }
}

export function forgetLibrary(): void {
  latest += 1;
  library.set(empty);
}

/** Puts a document into the list, at its place or on top. */
export function placeDocument(document: LibraryDocument): void {
  library.set((state) => {
    const known = state.items.some((item) => item.id === document.id);
    if (known) {
      const items = state.items.map((item) => (item.id === document.id ? { ...item, ...document } : item));
      // One that was moved to another course stands in that one's list.
      const fits = state.filter.course === null || (document.course_id ?? null) === state.filter.course;
      return fits ? { ...state, items } : { ...state, items: items.filter((item) => item.id !== document.id), total: state.total - 1 };
    }
    if (state.filter.course !== null && (document.course_id ?? null) !== state.filter.course) return state;
    overtaken = true;
    if (state.page !== 1) return { ...state, total: state.total + 1 };
    return { ...state, phase: "ready", items: [document, ...state.items], total: state.total + 1 };
  });
}

export function isLimited({ text, course }: LibraryFilter): boolean {
  return text !== "" || course !== null;
}

export async function refreshDocument(id: string): Promise<void> {
  const known = library.get().items.some((item) => item.id === id);
  if (!known) return;
  await documents.get(id).then(placeDocument, () => undefined);
}

/** Looks again at what is still being worked on: in one request, however many documents that is. */
export async function refreshBusy(): Promise<void> {
  const busy = library.get().items.filter(isBusy);
  const [only] = busy;
  if (busy.length > 1) await loadLibrary();
  else if (only) await refreshDocument(only.id);
}

/** Brings an event of the server into the list. */
export function applyToLibrary(event: LiveEvent): void {
  switch (event.type) {
    case "resync":
      return void loadLibrary();
    case "document.deleted":
      dropRecent("document", event.payload.id);
      return library.set((state) => ({ ...state, items: state.items.filter((item) => item.id !== event.payload.id) }));
    case "document.progress": {
      const { id, progress } = event.payload;
      return library.set((state) => ({
        ...state, items: state.items.map((item) => (item.id === id && isBusy(item) ? { ...item, status: "processing", progress } : item)),
      }));
    }
    case "document.uploaded": {
      const { items, page, filter } = library.get();
      if (page === 1 && filter.text === "" && !items.some((item) => item.id === event.payload.id)) void loadLibrary();
      return undefined;
    }
    // The event carries the document as it is now.
    case "document.updated":
    case "document.processed":
    case "document.failed":
      renameRecent("document", event.payload.id, event.payload.title);
      if (library.get().items.some((item) => item.id === event.payload.id)) placeDocument(event.payload);
      return undefined;
    default:
      return undefined;
  }
}
