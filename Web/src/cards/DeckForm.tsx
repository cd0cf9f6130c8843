import { FormEvent, useState } from "react";
import type { Deck } from "../api/cards";
import { describe } from "../api/errors";
import { useCourses } from "../course/courseStore";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Problem } from "../design/Notice";
import { closeSheet } from "../frame/sheets";
import { t } from "../strings/t";

/** What a student says about a deck: its name and its course. */
export function DeckForm({ title, deck, course: first, save }: { title: string; deck: Deck | null; course: string; save: (name: string, course: string | null) => Promise<unknown> }) {
  const [name, setName] = useState(deck?.name ?? "");
  const [course, setCourse] = useState(first);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await save(name.trim(), course === "" ? null : course);
      closeSheet();
    } catch (error) {
      setProblem(describe(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} onClose={closeSheet}>
      <form onSubmit={(event) => void submit(event)}>
        <div className="stack">
          {problem ? <Problem>{problem}</Problem> : null}
          <Field label={t("cards.deckName")} value={name} required maxLength={200} autoFocus onChange={(event) => setName(event.target.value)} />
          <CourseChoice value={course} onChange={setCourse} />
        </div>
        <footer>
          <button type="button" className="button" onClick={closeSheet}>{t("cards.cancel")}</button>
          <button type="submit" className="button primary" disabled={busy || name.trim() === ""}>{deck ? t("cards.save") : t("cards.makeDeck")}</button>
        </footer>
      </form>
    </Dialog>
  );
}

function CourseChoice({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const courses = useCourses();
  if (courses.length === 0 && value === "") return null;
  return (
    <label className="field cards-field">
      <span>{t("cards.course")}</span>
      <select className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t("cards.noCourse")}</option>
        {courses.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
      </select>
    </label>
  );
}
