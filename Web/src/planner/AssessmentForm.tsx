import { FormEvent, useId, useState } from "react";
import { describe } from "../api/errors";
import { Assessment, gradesAPI } from "../api/planner";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Problem } from "../design/Notice";
import { t } from "../strings/t";
import { dayKey, dayOf } from "./days";
import { changed } from "./plannerStore";

interface AssessmentFormProps {
  course: string;
  /** The one to change; null for a new one. */
  work: Assessment | null;
  works: readonly Assessment[];
  onClose: () => void;
}

/** What a student says about a work that counts: its weight, its points, its mark. */
export function AssessmentForm({ course, work, works, onClose }: AssessmentFormProps) {
  const list = useId();
  const [name, setName] = useState(work?.name ?? "");
  const [category, setCategory] = useState(work?.category ?? "");
  const [weight, setWeight] = useState(String(work?.weight ?? 10));
  const [possible, setPossible] = useState(String(work?.points_possible ?? 100));
  const [points, setPoints] = useState(work?.points === undefined ? "" : String(work.points));
  const [isExtra, setExtra] = useState(work?.is_extra ?? false);
  const [due, setDue] = useState(work?.due_date === undefined ? "" : dayKey(new Date(work.due_date)));
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const values = {
      name: name.trim(), category: category.trim(), weight: Number(weight), points_possible: Number(possible), points: points === "" ? null : Number(points), is_extra: isExtra,
      due_date: dayOf(due)?.toISOString() ?? null,
    };
    try {
      await (work === null ? gradesAPI.add(course, values) : gradesAPI.change(course, work.id, values));
      changed();
      onClose();
    } catch (error) {
      setProblem(describe(error));
      setBusy(false);
    }
  };
  const categories = [...new Set(works.map((each) => each.category).filter(Boolean))];
  return (
    <Dialog title={work === null ? t("planner.addWork") : t("planner.changeWork")} onClose={onClose} sheet>
      <form className="planner-form" onSubmit={(event) => void submit(event)}>
        <div className="stack">
          {problem ? <Problem>{problem}</Problem> : null}
          <Field label={t("planner.workName")} value={name} required maxLength={200} autoFocus placeholder={t("planner.workExample")} onChange={(event) => setName(event.target.value)} />
          <div className="planner-pair">
            <Field label={t("planner.weight")} type="number" required min={0} max={100_000} step="any" value={weight} hint={t("planner.weightHint")} onChange={(event) => setWeight(event.target.value)} />
            <Field label={t("planner.category")} value={category} maxLength={100} list={list} placeholder={t("planner.categoryExample")} onChange={(event) => setCategory(event.target.value)} />
            <Field label={t("planner.points")} type="number" min={0} max={1_000_000} step="any" value={points} hint={t("planner.pointsHint")} onChange={(event) => setPoints(event.target.value)} />
            <Field label={t("planner.possible")} type="number" required min={0.01} max={1_000_000} step="any" value={possible} onChange={(event) => setPossible(event.target.value)} />
            <Field label={t("planner.due")} type="date" value={due} onChange={(event) => setDue(event.target.value)} />
          </div>
          <datalist id={list}>{categories.map((each) => <option key={each} value={each} />)}</datalist>
          <label className="planner-check"><input type="checkbox" checked={isExtra} onChange={(event) => setExtra(event.target.checked)} /> <span>{t("planner.isExtra")}</span></label>
        </div>
        <footer>
          <button type="button" className="button" onClick={onClose}>{t("planner.cancel")}</button>
          <button type="submit" className="button primary" disabled={busy || name.trim() === ""}>{work === null ? t("planner.add") : t("planner.save")}</button>
        </footer>
      </form>
    </Dialog>
  );
}
