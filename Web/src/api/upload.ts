import { apiURL } from "./client";
import type { LibraryDocument } from "./documents";
import { APIError, ConnectionError } from "./errors";
import { freshToken, renewToken } from "./tokens";

interface UploadOptions {
  file: File;
  subject?: string | null;
  course?: string | null;
  title?: string | null;
  /** The document whose newest version it is to be. */
  replaces?: string | null;
  onProgress: (sent: number, total: number) => void;
  signal: AbortSignal;
}

/** Sends one file. XMLHttpRequest, because `fetch` does not tell how much has been sent. */
export async function uploadDocument(options: UploadOptions): Promise<LibraryDocument> {
  try {
    return await send(options, await freshToken());
  } catch (error) {
    if (error instanceof APIError && error.status === 401 && (await renewToken())) return send(options, await freshToken());
    throw error;
  }
}

function send({ file, subject, course, title, replaces, onProgress, signal }: UploadOptions, token: string | null): Promise<LibraryDocument> {
  const form = new FormData();
  // Fields come before the file, so that the server knows them while it streams the file to disk.
  if (replaces) form.append("replaces", replaces);
  if (title) form.append("title", title);
  if (course) form.append("course_id", course);
  else if (subject) form.append("subject", subject);
  form.append("file", file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    const finish = (action: () => void) => {
      signal.removeEventListener("abort", abort);
      action();
    };
    request.open("POST", apiURL("/documents/upload"));
    if (token !== null) request.setRequestHeader("Authorization", `Bearer ${token}`);
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => onProgress(event.loaded, event.lengthComputable ? event.total : file.size);
    request.onload = () => finish(() => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as LibraryDocument);
      else reject(APIError.fromText(request.status, request.responseText, request.getResponseHeader("Retry-After")));
    });
    request.onerror = () => finish(() => reject(new ConnectionError()));
    request.onabort = () => finish(() => reject(new DOMException("Cancelled", "AbortError")));
    signal.addEventListener("abort", abort);
    request.send(form);
  });
}
