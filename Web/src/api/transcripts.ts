import { apiURL, authorizedFetch, call } from "./client";
import { APIError, ConnectionError } from "./errors";
import type { Transcript, TranscriptChange } from "./generated/schemas";
import { addressOf } from "./routes";
import { freshToken } from "./tokens";

export type { Transcript, TranscriptChange };
export type TranscriptSegment = NonNullable<Transcript["segments"]>[number];
export type ExportFormat = "txt" | "srt" | "vtt" | "json";

export const transcripts = {
  list: (page: number, limit: number, signal?: AbortSignal) => call("GET /stt/transcripts", { query: { page, limit }, signal }),
  get: (id: string, signal?: AbortSignal): Promise<Transcript> => call("GET /stt/transcripts/{id}", { path: { id }, signal }),
  job: (id: string, signal?: AbortSignal) => call("GET /stt/jobs/{id}", { path: { id }, signal }),
  change: (id: string, change: TranscriptChange): Promise<Transcript> => call("PATCH /stt/transcripts/{id}", { path: { id }, body: change }),
  cancel: (id: string) => call("POST /stt/transcripts/{id}/cancel", { path: { id } }),
  split: (id: string, segment: string, word: number): Promise<Transcript> => call("POST /stt/transcripts/{id}/split", { path: { id }, body: { segment_id: segment, word } }),
  join: (id: string, segments: string[]): Promise<Transcript> => call("POST /stt/transcripts/{id}/join", { path: { id }, body: { segment_ids: segments } }),
  /** When which page of its slides is shown. */
  slides: (id: string, signal?: AbortSignal) => call("GET /stt/transcripts/{id}/slides", { path: { id }, signal }),
  /** The recording that a document of the library was made of. */
  ofDocument: async (document: string, signal?: AbortSignal): Promise<Transcript | null> =>
    (await call("GET /stt/transcripts", { query: { document_id: document }, signal })).data[0] ?? null,
  /** Makes its document, or brings it up to date. */
  shelve: (id: string) => call("POST /stt/transcripts/{id}/shelve", { path: { id } }),
  retry: (id: string) => call("POST /stt/transcripts/{id}/retry", { path: { id } }),
  /** Goes on even when the page is being closed. */
  remove: (id: string) => call("DELETE /stt/transcripts/{id}", { path: { id }, keepalive: true }),
  /** An address that a player fetches parts from by itself, and the moment until when it does. */
  soundAddress: async (id: string, signal?: AbortSignal): Promise<{ url: string; until: number }> => {
    const { link, expires_in } = await call("GET /stt/transcripts/{id}/audio-link", { path: { id }, signal });
    return { url: apiURL(addressOf("GET /stt/transcripts/{id}/play", { path: { id }, query: { link } })), until: Date.now() + expires_in * 1000 };
  },
  /** Tells apart who speaks. `count` is null where that is to be found out; of one nobody is told apart. */
  tellSpeakers: (id: string, count: number | null): Promise<Transcript> => call("POST /stt/transcripts/{id}/speakers", { path: { id }, body: count === null ? {} : { count } }),
  exported: async (id: string, format: ExportFormat): Promise<Blob> =>
    (await authorizedFetch(addressOf("GET /stt/transcripts/{id}/export", { path: { id }, query: { format } }))).blob(),
};

/** Sends one recording. XMLHttpRequest, because `fetch` does not tell how much has been sent. */
export async function uploadRecording(file: File, course: string | null, onProgress: (fraction: number) => void): Promise<Transcript> {
  const token = await freshToken();
  const form = new FormData();
  if (course) form.append("course_id", course);
  form.append("file", file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", apiURL("/stt/transcribe"));
    if (token !== null) request.setRequestHeader("Authorization", `Bearer ${token}`);
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => onProgress(event.total > 0 ? event.loaded / event.total : 0);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as Transcript);
      else reject(APIError.fromText(request.status, request.responseText, request.getResponseHeader("Retry-After")));
    };
    request.onerror = () => reject(new ConnectionError());
    request.send(form);
  });
}
