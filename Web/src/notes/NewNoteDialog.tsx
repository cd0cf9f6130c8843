import { FormEvent, useEffect, useMemo, useState } from "react";
import { documents, LibraryDocument } from "../api/documents";
import { describe, isAbort } from "../api/errors";
import { NoteKind, noteKinds, notes } from "../api/notes";
import { useCourses } from "../course/courseStore";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Problem } from "../design/Notice";
import { closeSheet } from "../frame/sheets";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { t } from "../strings/t";

/** Has a note made: of what, and which kind; or begins an empty one. `about` says what it begins with: `course=…&documents=…&topic=…`. */
export default function NewNoteDialog({ about }: { about: string }) {
  const courses = useCourses().filter((course) => !course.is_archived);
  const given = useMemo(() => new URLSearchParams(about), [about]);
  const [course, setCourse] = useState(given.get("course") ?? "");
  const [listed, setListed] = useState<LibraryDocument[]>([]);
  const [chosen, setChosen] = useState<readonly string[]>((given.get("documents") ?? "").split(",").filter(Boolean));
  const [topic, setTopic] = useState(given.get("topic") ?? "");
  const [kind, setKind] = useState<NoteKind>("summary");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    const controller = new AbortController();
    documents.list(1, 100, { text: "", course: course === "" ? null : course, sort: "title", ...(course === "" ? {} : { shared: "too" as const }) }, controller.signal).then(
      ({ data }) => setListed(data.filter((document) => document.status === "completed")),
      (error: unknown) => !isAbort(error) && setProblem(describe(error)),
    );
    return () => controller.abort();
  }, [course]);

  const ready = course !== "" || chosen.length > 0 || topic.trim() !== "";
  const send = async (wish: Parameters<typeof notes.make>[0]) => {
    setBusy(true);
    setProblem(null);
    try {
      navigate(paths.note((await notes.make({ ...(course === "" ? {} : { course_id: course }), ...wish })).id));
    } catch (error) {
      setProblem(describe(error));
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    void send({ kind, ...(chosen.length > 0 ? { document_ids: [...chosen] } : {}), ...(topic.trim() === "" ? {} : { topic: topic.trim() }) });
  };

  return (
    <Dialog title={t("notes.new")} onClose={closeSheet}>
      <form onSubmit={submit}>
        <div className="stack">
          {problem ? <Problem>{problem}</Problem> : null}
          <label className="field">
            <span>{t("notes.from")}</span>
            <select
              className="input" value={course}
              onChange={(event) => {
                setCourse(event.target.value);
                setChosen([]);
              }}
            >
              <option value="">{t("notes.anyDocument")}</option>
              {courses.map((each) => <option key={each.id} value={each.id}>{each.name}</option>)}
            </select>
          </label>
          {listed.length > 0 ? (
            <details className="note-choice" open={chosen.length > 0 || course === ""}>
              <summary>{chosen.length === 0 ? (course === "" ? t("notes.chooseDocuments") : t("notes.allDocuments")) : t("notes.chosen", { count: chosen.length })}</summary>
              <ul>
                {listed.map(({ id, title }) => (
                  <li key={id}>
                    <label>
                      <input type="checkbox" checked={chosen.includes(id)} onChange={() => setChosen(toggled(chosen, id))} /> <span dir="auto">{title}</span>
                    </label>
                  </li>
                ))}
              </ul>
            </details>
          ) : null}
          <Field label={t("notes.topic")} value={topic} maxLength={200} hint={t("notes.topicHint")} onChange={(event) => setTopic(event.target.value)} />
          <fieldset className="note-kinds">
            <legend>{t("notes.kind")}</legend>
            {noteKinds.map((each) => (
              <label key={each}><input type="radio" name="kind" checked={kind === each} onChange={() => setKind(each)} /> {t(`notes.kind_${each}`)}</label>
            ))}
          </fieldset>
        </div>
        <footer>
          <button type="button" className="button quiet" disabled={busy} onClick={() => void send({ title: t("notes.untitled"), content: "" })}>{t("notes.write")}</button>
          <button type="submit" className="button primary" disabled={busy || !ready}>{t("notes.make")}</button>
        </footer>
      </form>
    </Dialog>
  );
}

function toggled<Value>(list: readonly Value[], value: Value): readonly Value[] {
  return list.includes(value) ? list.filter((each) => each !== value) : [...list, value];
}
