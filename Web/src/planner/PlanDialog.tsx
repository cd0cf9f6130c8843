import { FormEvent, useEffect, useState } from "react";
import { describe, isAbort } from "../api/errors";
import { FreeHours, plannerAPI, PlannerSettings } from "../api/planner";
import { useCourses } from "../course/courseStore";
import { daysTo } from "../course/examText";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Icon } from "../design/Icon";
import { Loading, Problem } from "../design/Notice";
import { showToast } from "../design/toastStore";
import { closeSheet } from "../frame/sheets";
import { region } from "../strings/locale";
import { t } from "../strings/t";
import { addDays, dayKey, dayOf } from "./days";
import { firstDay, shortDayText, titleOf } from "./eventText";
import { keyOf, plan, takingBack } from "./plannerStore";
import { QuickEntry } from "./QuickEntry";
import { useEvents } from "./useEvents";

const weekday = new Intl.DateTimeFormat(region, { weekday: "long" });

/** Sets a plan up: what is to come, in which hours, how long at a time. */
export default function PlanDialog() {
  const [settings, setSettings] = useState<PlannerSettings | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const controller = new AbortController();
    plannerAPI.settings(controller.signal).then(setSettings, (error: unknown) => {
      if (!isAbort(error)) setProblem(describe(error));
    });
    return () => controller.abort();
  }, []);
  const change = (values: Partial<PlannerSettings>) => setSettings((now) => (now === null ? now : { ...now, ...values }));
  const faulty = settings?.free.some(({ start, end }) => start === "" || end === "" || (end !== "00:00" && end <= start)) ?? true;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (settings === null || faulty) return;
    setBusy(true);
    setProblem(null);
    try {
      // A field for times has no 24:00.
      const free = settings.free.map((each) => ({ ...each, end: each.end === "00:00" ? "24:00" : each.end }));
      const { blocks, undo_id } = await plan({ free, block_minutes: settings.block_minutes, break_minutes: settings.break_minutes, daily_minutes: settings.daily_minutes });
      showToast(blocks.length === 0 ? t("planner.plannedNone") : t("planner.plannedCount", { count: blocks.length }), { life: 10_000, ...takingBack(undo_id) });
      closeSheet();
    } catch (error) {
      setProblem(describe(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t("planner.planWeek")} onClose={closeSheet} sheet>
      <div className="planner-form">
        {problem ? <Problem>{problem}</Problem> : null}
        <Goals />
        {settings === null ? (problem ? null : <Loading />) : (
          <form onSubmit={(event) => void submit(event)}>
            <div className="stack">
              <FreeTimes free={settings.free} onChange={(free) => change({ free })} />
              {faulty ? <Problem>{t("planner.hoursBackwards")}</Problem> : null}
              <div className="planner-triple">
                <Field label={t("planner.block")} type="number" min={15} max={180} step={5} required value={settings.block_minutes} onChange={(event) => change({ block_minutes: event.target.valueAsNumber })} />
                <Field label={t("planner.pause")} type="number" min={0} max={120} step={5} required value={settings.break_minutes} onChange={(event) => change({ break_minutes: event.target.valueAsNumber })} />
                <Field label={t("planner.daily")} type="number" min={15} max={960} step={15} required value={settings.daily_minutes} onChange={(event) => change({ daily_minutes: event.target.valueAsNumber })} />
              </div>
              <p className="hint">{t("planner.planHint")}</p>
            </div>
            <footer>
              <button type="button" className="button" onClick={closeSheet}>{t("planner.cancel")}</button>
              <button type="submit" className="button primary" disabled={busy || faulty}>{t("planner.planNow")}</button>
            </footer>
          </form>
        )}
      </div>
    </Dialog>
  );
}

/** What is planned for: exams and deadlines to come, those that only a course knows too. */
function Goals() {
  const today = dayOf(dayKey(new Date())) ?? new Date();
  const { events, phase } = useEvents(today, addDays(today, 365));
  const courses = useCourses();
  const exams = events.filter((event) => (event.type === "exam" || event.type === "deadline") && !event.is_completed);
  const ofCourses = courses.filter((course) => (daysTo(course.exam_date) ?? -1) > 0 && !exams.some((event) => event.type === "exam" && event.course_id === course.id));
  const goals = [
    ...exams.map((event) => ({ id: keyOf(event), title: titleOf(event), day: firstDay(event) })),
    ...ofCourses.map((course) => ({ id: course.id, title: course.name, day: dayOf(course.exam_date ?? "") ?? today })),
  ].sort((a, b) => a.day.getTime() - b.day.getTime());
  return (
    <section className="planner-goals" aria-labelledby="planner-goals">
      <h3 id="planner-goals">{t("planner.goals")}</h3>
      {phase === "ready" && goals.length === 0 ? <p className="planner-none">{t("planner.noGoals")}</p> : null}
      {goals.length > 0 ? <ul>{goals.map(({ id, title, day }) => <li key={id}><Icon name="quiz" size={18} /> <span dir="auto">{title}</span> <span className="planner-when">{shortDayText(day)}</span></li>)}</ul> : null}
      <QuickEntry />
    </section>
  );
}

/** The hours of each weekday that are free; a day may have several stretches. */
function FreeTimes({ free, onChange }: { free: readonly FreeHours[]; onChange: (free: FreeHours[]) => void }) {
  const all = [...free];
  const set = (index: number, values: Partial<FreeHours>) => onChange(all.map((each, at) => (at === index ? { ...each, ...values } : each)));
  return (
    <fieldset className="planner-free">
      <legend>{t("planner.free")}</legend>
      {[1, 2, 3, 4, 5, 6, 7].map((day) => {
        const name = weekday.format(new Date(2026, 5, day));
        const there = all.map((hours, index) => ({ hours, index })).filter(({ hours }) => hours.weekday === day);
        return (
          <div key={day} className="planner-free-day" role="group" aria-label={name}>
            <span aria-hidden="true">{name}</span>
            <div>
              {there.length === 0 ? <span className="planner-none">{t("planner.notFree")}</span> : null}
              {there.map(({ hours, index }) => (
                <span key={index} className="planner-free-hours">
                  <input className="input" type="time" required aria-label={`${name}, ${t("planner.fromTime")}`} value={hours.start} onChange={(event) => set(index, { start: event.target.value })} />
                  <span aria-hidden="true">–</span>
                  <input className="input" type="time" required aria-label={`${name}, ${t("planner.toTime")}`} value={hours.end === "24:00" ? "00:00" : hours.end} onChange={(event) => set(index, { end: event.target.value })} />
                  <button type="button" className="icon-button" aria-label={t("planner.removeHours", { day: name })} title={t("planner.removeHours", { day: name })} onClick={() => onChange(all.filter((_, at) => at !== index))}><Icon name="close" size={18} /></button>
                </span>
              ))}
            </div>
            <button type="button" className="icon-button" aria-label={t("planner.addHours", { day: name })} title={t("planner.addHours", { day: name })} onClick={() => onChange([...all, { weekday: day, ...nextHours(there.map(({ hours }) => hours)) }])}><Icon name="plus" size={18} /></button>
          </div>
        );
      })}
    </fieldset>
  );
}

/** Two hours after those that are there. */
function nextHours(there: readonly FreeHours[]): { start: string; end: string } {
  const last = there.map(({ end }) => Number(end.slice(0, 2))).sort((a, b) => b - a)[0];
  if (last === undefined) return { start: "16:00", end: "18:00" };
  return last > 20 ? { start: "08:00", end: "10:00" } : { start: `${String(last + 1).padStart(2, "0")}:00`, end: `${String(last + 3).padStart(2, "0")}:00` };
}
