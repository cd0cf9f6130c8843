import { FormEvent, useState } from "react";
import { documents, LibraryDocument } from "../api/documents";
import { describe } from "../api/errors";
import { loadCourses, useOwnCourses } from "../course/courseStore";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Problem } from "../design/Notice";
import { closeSheet, useSheet } from "../frame/sheets";
import { renameRecent } from "../frame/recents";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { library, placeDocument } from "./libraryStore";

/** The dialog for a document's title and course, while the address asks for it. */
export function EditDocument() {
  const id = useSheet("document");
  const document = useStore(library).items.find((item) => item.id === id);
  return document ? <EditDialog key={document.id} document={document} /> : null;
}

function EditDialog({ document }: { document: LibraryDocument }) {
  const courses = useOwnCourses();
  const [title, setTitle] = useState(document.title);
  const [course, setCourse] = useState(document.course_id ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const moved = course !== (document.course_id ?? "");
    try {
      const changed = await documents.change(document.id, { title: title.trim(), ...(moved ? { course_id: course || null } : {}) });
      placeDocument(changed);
      renameRecent("document", changed.id, changed.title);
      if (moved) void loadCourses();
      closeSheet();
    } catch (error) {
      setProblem(describe(error));
      setBusy(false);
    }
  };

  return (
    <Dialog title={t("library.titleAndCourse")} onClose={closeSheet}>
      <form onSubmit={(event) => void save(event)}>
        <div className="stack">
          {problem ? <Problem>{problem}</Problem> : null}
          <Field label={t("library.title")} value={title} required maxLength={300} autoFocus onChange={(event) => setTitle(event.target.value)} />
          <div className="field">
            <label htmlFor="document-course">{t("course.choose")}</label>
            <select id="document-course" className="input" value={course} onChange={(event) => setCourse(event.target.value)}>
              <option value="">{t("course.none")}</option>
              {courses.map((each) => <option key={each.id} value={each.id}>{each.name}</option>)}
            </select>
          </div>
        </div>
        <footer>
          <button type="button" className="button" onClick={closeSheet}>{t("course.cancel")}</button>
          <button type="submit" className="button primary" disabled={busy || title.trim() === ""}>{t("course.save")}</button>
        </footer>
      </form>
    </Dialog>
  );
}
