import { t } from "../strings/t";
import { authorizedFetch, getJSON, Page, queryString, sendJSON } from "./client";
import { coded } from "./errors";

export type DocumentStatus = "pending" | "processing" | "completed" | "failed";

export interface Progress {
  stage: string;
  done: number;
  total: number;
}

export interface LibraryDocument {
  id: string;
  title: string;
  subject?: string | null;
  filename?: string | null;
  media_type?: string | null;
  size?: number | null;
  status: DocumentStatus;
  progress?: Progress | null;
  page_count?: number | null;
  /** The pages are the file's own; otherwise they are parts of its text, of which nobody need know. */
  has_pages?: boolean | null;
  chunk_count?: number | null;
  error?: string | { code?: string; message?: string } | null;
  created_at?: string;
  /** In the answer to an upload: this file was there already. */
  duplicate?: boolean | null;
}

/** What a list of documents is limited to. */
export interface DocumentFilter {
  /** Part of the title or the file's name. */
  text?: string;
  subject?: string | null;
  status?: DocumentStatus;
}

export interface DocumentPageText {
  number: number;
  text: string;
  /** `offset` in Unicode scalars of `text`. */
  headings?: { level: number; title: string; offset: number }[];
}

export interface OutlineEntry {
  title: string;
  level: number;
  page: number;
  /** In Unicode scalars of the page's text. */
  offset: number;
}

export interface Chunk {
  chunk_id: string;
  document_id: string;
  text: string;
  section?: string | null;
  page?: number | null;
}

export interface SearchHit {
  chunk_id: string;
  document_id: string;
  title: string;
  section?: string | null;
  page?: number | null;
  text: string;
  score: number;
}

export type SearchMode = "hybrid" | "vector" | "keyword";

const path = (id: string) => `/documents/${encodeURIComponent(id)}`;

export const documents = {
  list: (page: number, limit: number, filter: DocumentFilter = {}, signal?: AbortSignal) =>
    getJSON<Page<LibraryDocument>>(`/documents${queryString({ page, limit, q: filter.text, subject: filter.subject, status: filter.status })}`, signal),
  get: (id: string, signal?: AbortSignal) => getJSON<LibraryDocument>(path(id), signal),
  change: (id: string, change: { title?: string; subject?: string | null }) => sendJSON<LibraryDocument>("PATCH", path(id), change),
  retry: (id: string) => sendJSON<unknown>("POST", `${path(id)}/retry`),
  /** Goes on even when the page is being closed. */
  remove: (id: string) => authorizedFetch(path(id), { method: "DELETE", keepalive: true }),
  pages: (id: string, page: number, limit: number, signal?: AbortSignal) =>
    getJSON<Page<DocumentPageText>>(`${path(id)}/pages${queryString({ page, limit })}`, signal),
  chunk: (id: string, chunk: string, signal?: AbortSignal) =>
    getJSON<Chunk>(`${path(id)}/chunks/${encodeURIComponent(chunk)}`, signal),
  outline: (id: string, signal?: AbortSignal) => getJSON<{ data: OutlineEntry[] }>(`${path(id)}/outline`, signal),
  file: (id: string, init?: RequestInit) => authorizedFetch(`${path(id)}/file`, init),
  filePath: (id: string) => `${path(id)}/file`,
  search: (query: string, mode: SearchMode, limit: number, signal?: AbortSignal, documentIDs?: string[]) =>
    sendJSON<{ data: SearchHit[] }>("POST", "/documents/search", {
      query, mode, limit, ...(documentIDs && documentIDs.length > 0 ? { document_ids: documentIDs } : {}),
    }, signal),
};

/** Why a document failed, as the server words it. */
export function failureText(document: LibraryDocument): string {
  const { error } = document;
  const text = typeof error === "string" ? error : coded(error?.code ?? "", error?.message ?? "");
  return text ?? t("api.unreadDocument");
}

/** How many pages the file has; null where it has none of its own. */
export function pageCount(document: LibraryDocument): number | null {
  return document.has_pages === false ? null : document.page_count ?? null;
}

export function isBusy(document: LibraryDocument): boolean {
  return document.status === "pending" || document.status === "processing";
}
