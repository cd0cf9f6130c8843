import type { Translated } from "../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  close: "Schließen",
  showTyped: "Eingabe anzeigen",
  actions: "Aktionen",
  loading: "Wird geladen",
  undo: "Rückgängig",
  deleted: "„{title}“ wurde gelöscht.",
  notDeleted: "Das Löschen ist nicht gelungen. {problem}",
  copied: "Kopiert.",
  notCopied: "Dieser Browser lässt die Seite nicht kopieren. Markiere stattdessen den Text.",
};

export default words;
