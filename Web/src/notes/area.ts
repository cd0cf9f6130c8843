import type { Area, Place } from "../frame/Area";
import { openSheet } from "../frame/sheets";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { t } from "../strings/t";
import { NewNoteSheet } from "./NewNoteSheet";
import { noteDeletion } from "./noteDeletion";

/** Made on a course's page, a note is about the course; in the reader, about the document. */
function beginning(place: Place | null): string | undefined {
  const course = place?.params["course"];
  if (course !== undefined) return `course=${course}`;
  return place?.area === "viewer" && place.params["id"] !== undefined ? `documents=${place.params["id"]}` : undefined;
}

/** Notes: made of documents, or written by hand. */
export const notesArea: Area = {
  name: "notes",
  routes: [
    { pattern: "/notes", page: "notes" },
    { pattern: "/notes/:id", page: "note" },
  ],
  load: () => import("./pages"),
  railItems: [{ label: t("notes.place"), icon: "pencil", to: paths.notes, rail: true, phone: "more", pages: ["notes/notes", "notes/note"] }],
  newActions: [{ label: t("notes.new"), icon: "pencil", run: (place) => openSheet("new-note", beginning(place)) }],
  palette: {
    always: () => [
      { id: "notes", group: "go", label: t("notes.place"), icon: "pencil", run: () => navigate(paths.notes) },
      { id: "new-note", group: "do", label: t("notes.new"), icon: "plus", run: () => openSheet("new-note") },
    ],
  },
  overlays: NewNoteSheet,
  forget: () => noteDeletion.forget(),
};
