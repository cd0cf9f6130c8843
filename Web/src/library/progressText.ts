import type { LibraryDocument } from "../api/documents";

/** What the server is doing with a document, in a student's words, and how far it is. */
export function progressOf(document: LibraryDocument): { text: string; fraction: number | null } {
  const { progress } = document;
  if (document.status === "pending" || !progress) return { text: "Waiting to be read", fraction: null };
  const { stage, done, total } = progress;
  const fraction = total > 0 ? Math.min(1, done / total) : null;
  const counted = total > 0 ? `, ${done.toLocaleString("en")} of ${total.toLocaleString("en")}` : "";
  return { text: `${stageText(stage)}${counted}`, fraction };
}

function stageText(stage: string): string {
  if (stage.startsWith("extract")) return "Reading the text";
  if (stage.startsWith("chunk")) return "Finding the passages";
  if (stage.startsWith("embed")) return "Learning the passages";
  if (stage.startsWith("index") || stage.startsWith("stor")) return "Indexing";
  if (stage.startsWith("ocr")) return "Reading scanned pages";
  return "Working";
}
