import { forgetAnswersOf } from "../api/client";
import { documents, DocumentSort, isBusy, LibraryDocument } from "../api/documents";
import type { LiveEvent } from "../api/events";
import { LiveList, ListState } from "../api/LiveList";
import { dropRecent, renameRecent } from "../frame/recents";

/** What the list is limited to, and its order. */
export interface LibraryFilter {
  /** Part of a title or a file's name; empty for any. */
  text: string;
  /** null for any. */
  course: string | null;
  /** The student's own, what others share, or both. */
  whose: "own" | "shared" | "all";
  sort: DocumentSort;
}

export const anyDocument: LibraryFilter = { text: "", course: null, whose: "own", sort: "-created_at" };

export type LibraryState = ListState<LibraryDocument, LibraryFilter>;

export const pageLength = 25;

/** A list of documents as the server has it, a page of so many at a time. */
export function documentList(length: number, filter: LibraryFilter = anyDocument): LiveList<LibraryDocument, LibraryFilter> {
  return new LiveList<LibraryDocument, LibraryFilter>({
    read: (page, { text, course, whose, sort }, signal) => documents.list(page, length, { text: text.trim(), course, sort, ...(whose === "own" ? {} : { shared: whose === "shared" ? "only" as const : "too" as const }) }, signal),
    filter,
    domain: "document",
    begins: "document.uploaded",
    isLimited: ({ text }) => text !== "",
    // One that was moved to another course stands in that one's list.
    fits: (document, { course, whose }) => (course === null ? whose === "all" || (document.shared_by !== undefined) === (whose === "shared") : (document.course_id ?? null) === course),
    heedsSharing: true,
    changes(event, document) {
      if (event.type !== "document.progress") return null;
      // It may come after the word that all is done.
      return isBusy(document) ? { status: "processing", progress: event.payload.progress } : {};
    },
  });
}

const list = documentList(pageLength);

export const library = list.store;

export const loadLibrary = (page?: number, filter?: LibraryFilter) => list.load(page, filter);

export const forgetLibrary = () => list.forget();

/** Puts a document into the list, at its place or on top. */
export const placeDocument = (document: LibraryDocument) => list.place(document);

export function isLimited({ text, course }: LibraryFilter): boolean {
  return text !== "" || course !== null;
}

/** Looks again at what is still being worked on: in one request, however many documents that is. */
export async function refreshBusy(): Promise<void> {
  const busy = library.get().items.filter(isBusy);
  const [only] = busy;
  forgetAnswersOf("document");
  if (busy.length > 1) await loadLibrary();
  else if (only) await documents.get(only.id).then(placeDocument, () => undefined);
}

/** Brings an event of the server into the list. */
export function applyToLibrary(event: LiveEvent): void {
  list.apply(event);
  switch (event.type) {
    case "document.deleted":
      return dropRecent("document", event.payload.id);
    case "document.updated":
    case "document.processed":
    case "document.failed":
    case "document.cancelled":
      return renameRecent("document", event.payload.id, event.payload.title);
    default:
      return undefined;
  }
}
