import { lazy, Suspense } from "react";
import { useSheet } from "../frame/sheets";

const NewNoteDialog = lazy(() => import("./NewNoteDialog"));

/** The dialog that has a new note made, while the address asks for it. */
export function NewNoteSheet() {
  const about = useSheet("new-note");
  return about === null ? null : <Suspense fallback={null}><NewNoteDialog key={about} about={about} /></Suspense>;
}
