import { FormEvent, useState } from "react";
import { Course, CourseColour, courseColours, CourseDetails } from "../api/courses";
import { describe } from "../api/errors";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Problem } from "../design/Notice";
import { t } from "../strings/t";
import { CourseMark } from "./CourseMark";

interface CourseFormProps {
  title: string;
  /** The one to change; null for a new one. */
  course: Course | null;
  save: (details: CourseDetails) => Promise<unknown>;
  onClose: () => void;
}

/** What a student says about a course: its name, colour, term and the day of the exam. */
export function CourseForm({ title, course, save, onClose }: CourseFormProps) {
  const [name, setName] = useState(course?.name ?? "");
  const [colour, setColour] = useState<CourseColour | null>(course?.colour ?? null);
  const [term, setTerm] = useState(course?.term ?? "");
  const [exam, setExam] = useState(course?.exam_date ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await save({ name: name.trim(), term: term.trim() || null, exam_date: exam || null, ...(colour ? { colour } : {}) });
    } catch (error) {
      setProblem(describe(error));
      setBusy(false);
    }
  };

  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <div className="stack">
          {problem ? <Problem>{problem}</Problem> : null}
          <Field label={t("course.name")} value={name} required maxLength={100} autoFocus placeholder={t("course.nameExample")} onChange={(event) => setName(event.target.value)} />
          <fieldset className="colour-choice course-colours">
            <legend>{t("course.colour")}</legend>
            {courseColours.map((each) => (
              <label key={each} title={t(`course.${each}`)}>
                <input type="radio" name="colour" checked={colour === each} aria-label={t(`course.${each}`)} onChange={() => setColour(each)} />
                <CourseMark colour={each} />
              </label>
            ))}
          </fieldset>
          <div className="course-dates">
            <Field label={t("course.exam")} type="date" value={exam} hint={t("course.examHint")} onChange={(event) => setExam(event.target.value)} />
            <Field label={t("course.term")} value={term} maxLength={100} placeholder={t("course.termExample")} onChange={(event) => setTerm(event.target.value)} />
          </div>
        </div>
        <footer>
          <button type="button" className="button" onClick={onClose}>{t("course.cancel")}</button>
          <button type="submit" className="button primary" disabled={busy || name.trim() === ""}>{course ? t("course.save") : t("course.make")}</button>
        </footer>
      </form>
    </Dialog>
  );
}
