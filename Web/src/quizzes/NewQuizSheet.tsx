import { lazy, Suspense } from "react";
import { useSheet } from "../frame/sheets";

const NewQuizDialog = lazy(() => import("./NewQuizDialog"));

/** The dialog that sets a new quiz up, while the address asks for it. */
export function NewQuizSheet() {
  const about = useSheet("new-quiz");
  return about === null ? null : <Suspense fallback={null}><NewQuizDialog key={about} about={about} /></Suspense>;
}
