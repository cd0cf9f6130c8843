import { formatted, messageFor, t } from "../strings/t";
import { authorizedFetch, call, keepUntilTold } from "./client";
import { coded } from "./errors";
import type { Document, DocumentChange, DocumentPage, DocumentProgress, DocumentStage, DocumentTwin, Figure, OutlineEntry, Passage, RecognisedPage, SearchRequest } from "./generated/schemas";
import { addressOf } from "./routes";

/** Named apart from the browser's own `Document`. */
export type LibraryDocument = Document & { course_id?: string | null };
export type DocumentStatus = Document["status"];
export type Progress = DocumentProgress;
export type Stage = DocumentStage;
export type Twin = DocumentTwin;
export type DocumentPageText = DocumentPage;
export type SearchHit = Passage;
export type SearchMode = NonNullable<SearchRequest["mode"]>;
export type { Figure, OutlineEntry, RecognisedPage };

keepUntilTold("/documents", "document");

/** What a list of documents is limited to. */
export interface DocumentFilter {
  /** Part of the title or the file's name. */
  text?: string;
  subject?: string | null;
  course?: string | null;
  status?: DocumentStatus;
  sort?: DocumentSort;
  /** What others share: only that, or that too; otherwise the user's own alone. */
  shared?: "only" | "too";
}

/** Orders of the list; a dash turns one round. */
export const documentSorts = ["-created_at", "created_at", "title", "-title"] as const;

export type DocumentSort = (typeof documentSorts)[number];

export interface SearchAnswer {
  data: SearchHit[];
  /** There are passages, but nothing close to what was asked. */
  nothing_close: boolean;
}

/** Limits a request to a course. */
export function ofCourse(course: string | null | undefined): { course_id?: string } {
  return course ? { course_id: course } : {};
}

/** The order that the server has by itself. */
const newestFirst: DocumentSort = "-created_at";

export const documents = {
  list: (page: number, limit: number, filter: DocumentFilter = {}, signal?: AbortSignal) =>
    call("GET /documents", { query: { page, limit, q: filter.text || undefined, subject: filter.subject, shared: filter.shared, status: filter.status, sort: filter.sort === newestFirst ? undefined : filter.sort, ...ofCourse(filter.course) }, signal }),
  get: (id: string, signal?: AbortSignal) => call("GET /documents/{id}", { path: { id }, query: {}, signal }),
  /** With its headings. */
  outlined: (id: string, signal?: AbortSignal) => call("GET /documents/{id}", { path: { id }, query: { include: "outline" }, signal }),
  change: (id: string, change: DocumentChange & { course_id?: string | null }) => call("PATCH /documents/{id}", { path: { id }, body: change }),
  /** A web page, or the file at an address. */
  addAddress: (url: string, course: string | null) => call("POST /documents", { body: { url, ...ofCourse(course) } }),
  /** As it is now, whatever was read before. */
  fresh: (id: string, signal?: AbortSignal): Promise<LibraryDocument> => readFresh(id, signal),
  versions: (id: string, signal?: AbortSignal) => call("GET /documents/{id}/versions", { path: { id }, signal }),
  /** Another document becomes this one's newest version. */
  addVersion: (id: string, other: string) => call("POST /documents/{id}/versions", { path: { id }, body: { document_id: other } }),
  restore: (id: string, version: string) => call("POST /documents/{id}/versions/{version_id}/restore", { path: { id, version_id: version } }),
  readAgain: (id: string) => call("POST /documents/{id}/read-again", { path: { id } }),
  cancel: (id: string) => call("POST /documents/{id}/cancel", { path: { id } }),
  retry: (id: string) => call("POST /documents/{id}/retry", { path: { id } }),
  /** Goes on even when the page is being closed. */
  remove: (id: string) => call("DELETE /documents/{id}", { path: { id }, keepalive: true }),
  pages: (id: string, page: number, limit: number, signal?: AbortSignal) =>
    call("GET /documents/{id}/pages", { path: { id }, query: { page, limit }, signal }),
  words: (id: string, number: number, signal?: AbortSignal) =>
    call("GET /documents/{id}/pages/{number}/words", { path: { id, number: String(number) }, signal }),
  figures: (id: string, signal?: AbortSignal) => call("GET /documents/{id}/figures", { path: { id }, signal }),
  figurePicture: (id: string, number: number, signal?: AbortSignal) =>
    blob(addressOf("GET /documents/{id}/figures/{number}/picture", { path: { id, number: String(number) } }), signal),
  /** A page of a TIFF, as a picture that browsers show. */
  pagePicture: (id: string, number: number, signal?: AbortSignal) =>
    blob(addressOf("GET /documents/{id}/pages/{number}/picture", { path: { id, number: String(number) } }), signal),
  chunk: (id: string, chunk: string, signal?: AbortSignal) =>
    call("GET /documents/{id}/chunks/{chunk_id}", { path: { id, chunk_id: chunk }, signal }),
  file: (id: string, init?: RequestInit) => authorizedFetch(addressOf("GET /documents/{id}/file", { path: { id } }), init),
  search: (query: string, mode: SearchMode, limit: number, course: string | null, signal?: AbortSignal): Promise<SearchAnswer> =>
    call("POST /documents/search", { body: { query, mode, limit, ...ofCourse(course) }, signal }),
  /** The id of the passage of a document that words stand in; null where none is found. */
  passageOf: async (words: string, document: string): Promise<string | null> =>
    (await call("POST /documents/search", { body: { query: words, mode: "hybrid", limit: 1, document_ids: [document] } })).data[0]?.chunk_id ?? null,
};

async function blob(address: string, signal?: AbortSignal): Promise<Blob> {
  return (await authorizedFetch(address, { signal: signal ?? null })).blob();
}

async function readFresh(id: string, signal?: AbortSignal): Promise<LibraryDocument> {
  const address = addressOf("GET /documents/{id}", { path: { id }, query: {} });
  return (await authorizedFetch(address, { headers: { Accept: "application/json" }, ...(signal ? { signal } : {}) })).json() as Promise<LibraryDocument>;
}

/** Why a document failed, in the reader's words. */
export function failureText({ error }: LibraryDocument): string {
  if (!error) return t("api.unreadDocument");
  const reason = messageFor("reasons", error.code);
  return (reason === undefined ? coded(error.code, error.message) : formatted(reason, {})) ?? t("api.unreadDocument");
}

/** How many pages the file has; null where it has none of its own. */
export function pageCount(document: LibraryDocument): number | null {
  return document.has_pages ? document.page_count ?? null : null;
}

export function isPDF(document: LibraryDocument): boolean {
  return document.media_type === "application/pdf";
}

/** Whether it is a picture; its words stand on it as a PDF's do on its pages. */
export function isPicture(document: LibraryDocument): boolean {
  return ["image/png", "image/jpeg", "image/webp", "image/tiff"].includes(document.media_type);
}

/** Whether its pages are slides. */
export function isSlides(document: LibraryDocument): boolean {
  return /presentation/.test(document.media_type);
}

export function isBusy(document: { status: DocumentStatus }): boolean {
  return document.status === "pending" || document.status === "processing";
}
