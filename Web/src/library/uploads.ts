import { APIError, describe, isAbort } from "../api/errors";
import { uploadDocument } from "../api/upload";
import { fileSize, percentText } from "../strings/amounts";
import { showToast } from "../design/toastStore";
import { Store } from "../state/store";
import { t } from "../strings/t";
import { placeDocument } from "./libraryStore";
import { tellChanged } from "./reading";
import { noteTwin } from "./twins";
import { recallPending, rememberPending } from "./pendingUploads";

/** A file on its way to the server. */
export interface Upload {
  key: number;
  /** null for one that a reload interrupted: only its name is left. */
  file: File | null;
  name: string;
  size: number;
  title: string | null;
  subject: string | null;
  /** The document whose newest version it is to be. */
  replaces: string | null;
  /** The course that it is brought to. */
  course: string | null;
  state: "waiting" | "sending" | "storing" | "failed";
  /** Share of the bytes sent, 0 to 1. */
  fraction: number;
  problem: string | null;
  /** Another try may help; a file of the wrong type stays one. */
  retryable: boolean;
}

export const uploads = new Store<Upload[]>([]);

uploads.subscribe(() => rememberPending(uploads.get().filter((upload) => upload.file !== null && upload.state !== "failed")));

/** Files sent at a time; the others wait in line. */
const lanes = 2;
const controllers = new Map<number, AbortController>();
let nextKey = 1;

export interface UploadRequest {
  file: File;
  title?: string;
  subject?: string;
  course?: string | null;
  replaces?: string | null;
}

export function startUploads(requests: UploadRequest[]): void {
  const added = requests.map(({ file, title, subject, course, replaces }): Upload => {
    const key = nextKey;
    nextKey += 1;
    const problem = file.size === 0 ? t("library.emptyFile") : null;
    return { key, file, name: file.name, size: file.size, title: title ?? null, subject: subject ?? null, replaces: replaces ?? null, course: course ?? null, state: problem ? "failed" : "waiting", fraction: 0, problem, retryable: false };
  });
  uploads.set((list) => [...added, ...list]);
  fillLanes();
}

export function cancelUpload(key: number): void {
  controllers.get(key)?.abort();
  removeUpload(key);
}

export function retryUpload(key: number): void {
  change(key, { state: "waiting", fraction: 0, problem: null });
  fillLanes();
}

/** Shows the uploads that closing or reloading the page cut off, so that none is lost unnoticed. */
export function showInterrupted(): void {
  const lost = recallPending().map(({ name, size }): Upload => {
    const key = nextKey;
    nextKey += 1;
    const problem = t("library.interrupted");
    return { key, file: null, name, size, title: null, subject: null, replaces: null, course: null, state: "failed", fraction: 0, problem, retryable: false };
  });
  if (lost.length > 0) uploads.set((list) => [...list, ...lost]);
}

export function forgetUploads(): void {
  for (const controller of controllers.values()) controller.abort();
  uploads.set([]);
}

function removeUpload(key: number): void {
  uploads.set((list) => list.filter((upload) => upload.key !== key));
}

function change(key: number, values: Partial<Upload>): void {
  uploads.set((list) => list.map((upload) => (upload.key === key ? { ...upload, ...values } : upload)));
}

function fillLanes(): void {
  const waiting = uploads.get().filter((upload) => upload.state === "waiting").reverse();
  // A paper is read with the works that it cites: they go first.
  const line = [...waiting.filter(holdsWorks), ...waiting.filter((upload) => !holdsWorks(upload))];
  for (const upload of line) {
    if (controllers.size >= lanes) return;
    void send(upload);
  }
}

function holdsWorks(upload: Upload): boolean {
  return upload.name.toLowerCase().endsWith(".bib");
}

async function send(upload: Upload): Promise<void> {
  const { key, file } = upload;
  if (file === null) return;
  const controller = new AbortController();
  controllers.set(key, controller);
  change(key, { state: "sending" });
  try {
    const document = await uploadDocument({
      file,
      title: upload.title,
      subject: upload.subject,
      course: upload.course,
      replaces: upload.replaces,
      signal: controller.signal,
      onProgress: (sent, total) => change(key, { fraction: total > 0 ? sent / total : 0, state: sent >= total ? "storing" : "sending" }),
    });
    placeDocument(document);
    tellChanged(document);
    removeUpload(key);
    if (document.unpacked) showToast(unpackedText(document.unpacked));
    else if (document.twin) noteTwin(document);
    else if (document.duplicate) showToast(t("library.already", { title: document.title }));
  } catch (error) {
    if (isAbort(error)) removeUpload(key);
    else change(key, { state: "failed", problem: describe(error), retryable: !(error instanceof APIError) || error.status >= 500 || error.status === 429 });
  } finally {
    controllers.delete(key);
    fillLanes();
  }
}

/** What became of the files of an archive. */
function unpackedText({ documents, skipped }: { documents: number; skipped: readonly string[] }): string {
  const added = t("library.unpacked", { count: documents });
  const names = skipped.slice(0, 5).join(", ") + (skipped.length > 5 ? " …" : "");
  return skipped.length === 0 ? added : `${added} ${t("library.skipped", { count: skipped.length, names })}`;
}

/** "Sending, 42 % of 12 MB". */
export function uploadText(upload: Upload): string {
  switch (upload.state) {
    case "waiting": return t("library.inLine");
    case "sending": return t("library.uploadingShare", { share: percentText(upload.fraction), size: fileSize(upload.size) });
    case "storing": return t("library.storing");
    case "failed": return upload.problem ?? t("library.uploadFailed");
  }
}
