import { authorizedFetch, call } from "./client";
import type { NewNote, Note, NoteChange, NoteCitation, NoteMap, NoteOverview, NoteVersion, Pagination } from "./generated/schemas";
import { addressOf } from "./routes";

export type { NewNote, Note, NoteChange, NoteCitation, NoteMap, NoteOverview, NoteVersion };
export type NoteKind = Exclude<Note["kind"], "written">;
export type NoteFormat = "md" | "html" | "pdf" | "docx" | "svg";

export const noteKinds: readonly NoteKind[] = ["summary", "key_points", "outline", "cheat_sheet", "cornell", "glossary", "concept_map"];

export const notes = {
  list: (page: number, limit: number, course: string | null, signal?: AbortSignal): Promise<{ data: NoteOverview[]; pagination: Pagination }> =>
    call("GET /notes", { query: { page, limit, ...(course === null ? {} : { course_id: course }) }, signal }),
  make: (wish: NewNote): Promise<Note> => call("POST /notes", { body: wish }),
  get: (id: string, signal?: AbortSignal): Promise<Note> => call("GET /notes/{id}", { path: { id }, signal }),
  /** Goes on even when the page is being closed. */
  change: (id: string, change: NoteChange): Promise<Note> => call("PATCH /notes/{id}", { path: { id }, body: change, keepalive: (change.content ?? "").length < 30_000 }),
  remove: (id: string) => call("DELETE /notes/{id}", { path: { id }, keepalive: true }),
  regenerate: (id: string, kind?: NoteKind): Promise<Note> => call("POST /notes/{id}/regenerate", { path: { id }, body: kind === undefined ? {} : { kind } }),
  stop: (id: string): Promise<Note> => call("POST /notes/{id}/stop", { path: { id } }),
  versions: async (id: string, signal?: AbortSignal): Promise<NoteVersion[]> => (await call("GET /notes/{id}/versions", { path: { id }, signal })).versions,
  version: (id: string, version: number, signal?: AbortSignal): Promise<NoteVersion> => call("GET /notes/{id}/versions/{version}", { path: { id, version: String(version) }, signal }),
  restore: (id: string, to: number, version: number): Promise<Note> => call("POST /notes/{id}/restore", { path: { id }, body: { to, version } }),
  map: (id: string, signal?: AbortSignal): Promise<NoteMap> => call("GET /notes/{id}/map", { path: { id }, signal }),
  exported: async (id: string, format: NoteFormat): Promise<Blob> => (await authorizedFetch(addressOf("GET /notes/{id}/export", { path: { id }, query: { format } }))).blob(),
};
