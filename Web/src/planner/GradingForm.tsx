import { FormEvent, useState } from "react";
import { describe } from "../api/errors";
import { Assessment, CourseGrading, gradesAPI, gradeScales, GradeScaleName } from "../api/planner";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Icon } from "../design/Icon";
import { Problem } from "../design/Notice";
import { t } from "../strings/t";
import { Choice } from "./EventForm";
import { changed } from "./plannerStore";

/** The letters of the scale to 4.0, the best first. */
const letters = ["A", "A−", "B+", "B", "B−", "C+", "C", "C−", "D+", "D", "F"];

interface GradingFormProps {
  course: string;
  grading: CourseGrading;
  works: readonly Assessment[];
  onClose: () => void;
}

interface Step {
  label: string;
  /** In percent. */
  from: string;
  points: string;
}

/** How a course is graded: the scale, the credits, what is to be reached, and which works may be dropped. */
export function GradingForm({ course, grading, works, onClose }: GradingFormProps) {
  const [scale, setScale] = useState<GradeScaleName>(grading.scale);
  const [credits, setCredits] = useState(String(grading.credits ?? 1));
  const [target, setTarget] = useState(grading.target ?? "");
  const [passes, setPasses] = useState(String(Math.round((grading.passes ?? 0.5) * 1000) / 10));
  const [steps, setSteps] = useState<readonly Step[]>(stepsOf(grading));
  const names = [...new Set([...works.map(({ category }) => category).filter(Boolean), ...(grading.categories ?? []).map(({ name }) => name)])];
  const [rules, setRules] = useState<Readonly<Record<string, { weight: string; drops: string }>>>(() =>
    Object.fromEntries(names.map((name) => {
      const known = grading.categories?.find((each) => each.name === name);
      return [name, { weight: known?.weight === undefined ? "" : String(known.weight), drops: String(known?.drops_lowest ?? 0) }];
    })));
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await gradesAPI.set(course, {
        scale, credits: Number(credits), ...(target.trim() === "" ? {} : { target: target.trim() }),
        ...(scale === "custom" ? { passes: Number(passes) / 100, steps: steps.map(({ label, from, points }) => ({ label: label.trim(), from: Number(from) / 100, ...(points === "" ? {} : { points: Number(points) }) })) } : {}),
        categories: names.map((name) => ({ name, ...(rules[name]?.weight ? { weight: Number(rules[name]?.weight) } : {}), drops_lowest: Number(rules[name]?.drops ?? 0) })),
      });
      changed();
      onClose();
    } catch (error) {
      setProblem(describe(error));
      setBusy(false);
    }
  };
  const goals = scale === "four_point" ? letters : scale === "custom" ? steps.map(({ label }) => label.trim()).filter(Boolean) : null;
  return (
    <Dialog title={t("planner.grading")} onClose={onClose} sheet>
      <form className="planner-form" onSubmit={(event) => void submit(event)}>
        <div className="stack">
          {problem ? <Problem>{problem}</Problem> : null}
          <div className="planner-pair">
            <Choice
              label={t("planner.scale")} value={scale} options={gradeScales.map((each) => [each, t(`planner.scale_${each}`)])}
              onChange={(value) => {
                setScale(value as GradeScaleName);
                setTarget("");
              }}
            />
            <Field label={t("planner.credits")} type="number" required min={0} max={1000} step="any" value={credits} onChange={(event) => setCredits(event.target.value)} />
          </div>
          {scale === "pass_fail" ? null : goals === null
            ? <Field label={t("planner.target")} type="number" min={0} max={100} step="any" value={target} hint={t("planner.targetHint")} onChange={(event) => setTarget(event.target.value)} />
            : <Choice label={t("planner.target")} value={target} options={[["", t("planner.targetNone")], ...goals.map((each): [string, string] => [each, each])]} onChange={setTarget} />}
          {scale === "custom" ? <Steps steps={steps} onChange={setSteps} passes={passes} setPasses={setPasses} /> : null}
          {names.length > 0 ? (
            <fieldset className="planner-categories">
              <legend>{t("planner.categories")}</legend>
              {names.map((name) => (
                <div key={name} role="group" aria-label={name}>
                  <strong dir="auto">{name}</strong>
                  <div className="planner-pair">
                    <Field label={t("planner.categoryWeight")} type="number" min={0} step="any" value={rules[name]?.weight ?? ""} hint={t("planner.categoryHint")} onChange={(event) => setRules({ ...rules, [name]: { weight: event.target.value, drops: rules[name]?.drops ?? "0" } })} />
                    <Field label={t("planner.drops")} type="number" min={0} max={100} value={rules[name]?.drops ?? "0"} onChange={(event) => setRules({ ...rules, [name]: { weight: rules[name]?.weight ?? "", drops: event.target.value } })} />
                  </div>
                </div>
              ))}
            </fieldset>
          ) : null}
        </div>
        <footer>
          <button type="button" className="button" onClick={onClose}>{t("planner.cancel")}</button>
          <button type="submit" className="button primary" disabled={busy}>{t("planner.save")}</button>
        </footer>
      </form>
    </Dialog>
  );
}

function stepsOf({ steps }: CourseGrading): Step[] {
  if (steps && steps.length > 0) return steps.map(({ label, from, points }) => ({ label, from: String(Math.round(from * 1000) / 10), points: points === undefined || points === null ? "" : String(points) }));
  // German marks, for one.
  return [["1", 92, 1], ["2", 81, 2], ["3", 67, 3], ["4", 50, 4], ["5", 0, 5]].map(([label, from, points]) => ({ label: String(label), from: String(from), points: String(points) }));
}

/** A scale of one's own, the best grade first. */
function Steps({ steps, onChange, passes, setPasses }: { steps: readonly Step[]; onChange: (steps: Step[]) => void; passes: string; setPasses: (value: string) => void }) {
  const set = (index: number, values: Partial<Step>) => onChange(steps.map((each, at) => (at === index ? { ...each, ...values } : each)));
  return (
    <fieldset className="planner-steps-form">
      <legend>{t("planner.steps")}</legend>
      {steps.map((step, index) => (
        <div key={index} role="group" aria-label={t("planner.stepNumber", { count: index + 1 })}>
          <Field label={t("planner.stepLabel")} value={step.label} required maxLength={20} onChange={(event) => set(index, { label: event.target.value })} />
          <Field label={t("planner.stepFrom")} type="number" required min={0} max={100} step="any" value={step.from} onChange={(event) => set(index, { from: event.target.value })} />
          <Field label={t("planner.stepPoints")} type="number" step="any" value={step.points} onChange={(event) => set(index, { points: event.target.value })} />
          <button type="button" className="icon-button" aria-label={t("planner.removeStep", { name: step.label })} onClick={() => onChange(steps.filter((_, at) => at !== index))}><Icon name="close" size={18} /></button>
        </div>
      ))}
      <button type="button" className="button" onClick={() => onChange([...steps.slice(0, -1), { label: "", from: "", points: "" }, ...steps.slice(-1)])}><Icon name="plus" size={18} /> {t("planner.addStep")}</button>
      <Field label={t("planner.passes")} type="number" required min={0} max={100} step="any" value={passes} onChange={(event) => setPasses(event.target.value)} />
    </fieldset>
  );
}
