import type { LibraryDocument } from "../api/documents";
import { t } from "../strings/t";

type Note = LibraryDocument["notes"][number];

/** Kinds that say that something of the file is missing, or may be wrong: they are shown wherever the document is. */
const grave: ReadonlySet<string> = new Set(["unread_pages", "garbled_pages", "unsure_pages", "unread_regions", "attachments", "parts"]);

/** What a student must know before trusting the document's text to be all of it. */
export function graveNotes(document: LibraryDocument): string[] {
  return notesOf(document).filter((note) => grave.has(note.code)).map(noteText);
}

/** All that is known of how the file was read. */
export function allNotes(document: LibraryDocument): string[] {
  return notesOf(document).map(noteText);
}

/** A document that came by an event of an older server has none. */
function notesOf(document: LibraryDocument): readonly Note[] {
  return (document.notes as Note[] | undefined) ?? [];
}

/** In how many stretches pages are named at most. */
const most = 8;

function noteText(note: Note): string {
  const runs = note.pages.slice(0, most).map(({ first, last }) => (first === last ? `${first}` : `${first}–${last}`)).join(", ");
  const pages = note.pages.length > most ? `${runs} …` : runs;
  const { count } = note;
  switch (note.code) {
    case "unread_pages": return t("library.noteUnread", { count, pages });
    case "garbled_pages": return t("library.noteGarbled", { count, pages });
    case "recognised_pages": return t("library.noteRecognised", { count, pages });
    case "unsure_pages": return t("library.noteUnsure", { count, pages });
    case "fallback_pages": return t("library.noteFallback", { count, pages });
    case "unread_regions": return t("library.noteRegions", { count, pages });
    case "pictures": return t("library.notePictures", { count });
    case "attachments": return note.names.length === 0 ? t("library.noteEmbedded", { count }) : t("library.noteAttachments", { count, names: note.names.join(", ") });
    case "drawings": return t("library.noteDrawings", { count });
    case "hidden": return t("library.noteHidden");
    case "boilerplate": return t("library.noteFrames");
    case "recordings": return t("library.noteRecordings", { count });
    case "parts": return t("library.noteParts", { count });
    // One that this app does not know yet.
    default: return (note as Note).message;
  }
}

/** Whether a page was read from its picture. */
export function recognisedIn(document: LibraryDocument): (page: number) => boolean {
  const ranges = notesOf(document).filter((note) => note.code === "recognised_pages").flatMap((note) => note.pages);
  return (page) => ranges.some(({ first, last }) => page >= first && page <= last);
}
