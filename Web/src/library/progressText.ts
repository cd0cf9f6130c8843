import type { LibraryDocument } from "../api/documents";
import { t } from "../strings/t";

/** What the server is doing with a document, in a student's words, and how far it is. */
export function progressOf(document: LibraryDocument): { text: string; fraction: number | null } {
  const { progress } = document;
  if (document.status === "pending" || !progress) {
    const place = document.place_in_line ?? null;
    return { text: place === null ? t("library.waiting") : t("library.placeInLine", { place }), fraction: null };
  }
  const { stage, done, total } = progress;
  const fraction = total > 0 ? Math.min(1, done / total) : null;
  const text = stageText(stage);
  return { text: total > 0 ? t("library.progressCounted", { stage: text, done, total }) : text, fraction };
}

function stageText(stage: string): string {
  if (stage.startsWith("extract")) return t("library.extracting");
  if (stage.startsWith("chunk")) return t("library.chunking");
  if (stage.startsWith("embed")) return t("library.embedding");
  if (stage.startsWith("index") || stage.startsWith("stor")) return t("library.indexing");
  if (stage.startsWith("ocr")) return t("library.scanning");
  return t("library.working");
}
