import { FormEvent, useState } from "react";
import { documents } from "../api/documents";
import { describe } from "../api/errors";
import { CourseMark } from "../course/CourseMark";
import { loadCourses, useOwnCourses } from "../course/courseStore";
import { Dialog } from "../design/Dialog";
import { Problem } from "../design/Notice";
import { showToast } from "../design/toastStore";
import { closeSheet, useSheet } from "../frame/sheets";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { loadLibrary, placeDocument } from "./libraryStore";
import { endSelection, selection } from "./selection";

/** The dialog that puts the ticked documents into a course, while the address asks for it. */
export function MoveDocuments() {
  const chosen = useStore(selection);
  return useSheet("move") !== null && chosen.size > 0 ? <MoveDialog ids={[...chosen.keys()]} /> : null;
}

function MoveDialog({ ids }: { ids: string[] }) {
  const courses = useOwnCourses();
  const [course, setCourse] = useState<string | null>(courses[0]?.id ?? null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const move = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      for (const id of ids) placeDocument(await documents.change(id, { course_id: course }));
      void loadCourses();
      void loadLibrary();
      showToast(t("library.moved", { count: ids.length }));
      endSelection();
      closeSheet();
    } catch (error) {
      setProblem(describe(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t("library.moveTitle", { count: ids.length })} onClose={closeSheet}>
      <form onSubmit={(event) => void move(event)}>
        {problem ? <Problem>{problem}</Problem> : null}
        <div className="choice-list" role="radiogroup" aria-label={t("course.choose")}>
          {courses.map((each) => (
            <label key={each.id}>
              <input type="radio" name="course" checked={course === each.id} onChange={() => setCourse(each.id)} />
              <CourseMark colour={each.colour} /> <span dir="auto">{each.name}</span>
            </label>
          ))}
          <label>
            <input type="radio" name="course" checked={course === null} onChange={() => setCourse(null)} />
            <span className="course-mark" aria-hidden="true" /> <span>{t("course.none")}</span>
          </label>
        </div>
        <footer>
          <button type="button" className="button" onClick={closeSheet}>{t("course.cancel")}</button>
          <button type="submit" className="button primary" disabled={busy}>{t("library.move")}</button>
        </footer>
      </form>
    </Dialog>
  );
}
