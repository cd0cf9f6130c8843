import { FormEvent, ReactNode, useId, useState } from "react";
import { describe } from "../api/errors";
import { EventType, eventTypes, NewEvent } from "../api/planner";
import { useCourses } from "../course/courseStore";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Problem } from "../design/Notice";
import { closeSheet } from "../frame/sheets";
import { region } from "../strings/locale";
import { t } from "../strings/t";
import { addDays, clockOf, dayInZone, dayKey, dayOf, momentOf, timeZone } from "./days";
import { durationText, typeText } from "./eventText";
import { once, Repetition, repetitionOf, ruleOf } from "./recurrence";

const repetitions = ["never", "day", "weekday", "week", "fortnight", "month", "year", "custom"] as const;
/** Minutes before the start. */
const reminders = [0, 10, 30, 60, 1440, 2880, 10_080] as const;
/** Minutes that a new event of a type takes. */
const lengths: Record<EventType, number> = { exam: 120, class: 90, study_block: 50, deadline: 0, reminder: 0 };
const weekday = new Intl.DateTimeFormat(region, { weekday: "short" });

interface EventFormProps {
  title: string;
  event: Partial<NewEvent>;
  send: string;
  save: (event: NewEvent) => Promise<unknown>;
  /** There is none yet. */
  isNew?: boolean;
  /** It is one time of a series: how that comes again is changed for all. */
  single?: boolean;
  children?: ReactNode;
}

/** What a student says about an event. */
export function EventForm({ title: heading, event, send, save, isNew = false, single = false, children }: EventFormProps) {
  const courses = useCourses();
  const first = useBeginning(event);
  const [title, setTitle] = useState(event.title ?? "");
  const [type, setType] = useState<EventType>(event.type ?? "exam");
  const [course, setCourse] = useState(event.course_id ?? "");
  const [isAllDay, setAllDay] = useState(event.is_all_day ?? false);
  const [day, setDay] = useState(dayKey(first.start));
  const [from, setFrom] = useState(clockOf(first.start));
  const [lastDay, setLastDay] = useState(dayKey(first.end));
  const [to, setTo] = useState(clockOf(first.end));
  const [repetition, setRepetition] = useState<Repetition>(event.rrule ? repetitionOf(event.rrule) : once);
  const [remind, setRemind] = useState(event.remind_before === undefined || event.remind_before === null ? "" : String(event.remind_before));
  const [hours, setHours] = useState(event.study_minutes === undefined || event.study_minutes === null ? "" : String(event.study_minutes / 60));
  const [location, setLocation] = useState(event.location ?? "");
  const [description, setDescription] = useState(event.description ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const start = momentOf(day, isAllDay ? "00:00" : from);
  const end = isAllDay ? dayOf(lastDay) && addDays(dayOf(lastDay) as Date, 1) : momentOf(lastDay, to);
  const backwards = start !== null && end !== null && end < start;
  /** The end goes with the start. */
  const moveStart = (key: string, clock: string) => {
    const [before, after] = [momentOf(day, from), momentOf(key, clock)];
    const finish = momentOf(lastDay, to);
    setDay(key);
    setFrom(clock);
    if (before === null || after === null || finish === null) return;
    const moved = new Date(finish.getTime() + (after.getTime() - before.getTime()));
    setLastDay(dayKey(moved));
    setTo(clockOf(moved));
  };
  const chooseType = (next: EventType) => {
    const begin = momentOf(day, from);
    setType(next);
    if (!isNew || event.end_date || begin === null) return;
    const finish = new Date(begin.getTime() + lengths[next] * 60_000);
    setLastDay(dayKey(finish));
    setTo(clockOf(finish));
  };
  const submit = async (press: FormEvent) => {
    press.preventDefault();
    if (start === null || end === null) return;
    setBusy(true);
    setProblem(null);
    const rule = ruleOf(repetition);
    const study = Number.parseFloat(hours.replace(",", "."));
    try {
      await save({
        title: title.trim(), type, description: description.trim(), location: location.trim(), start_date: start.toISOString(), end_date: end.toISOString(), is_all_day: isAllDay, time_zone: timeZone(),
        rrule: rule, course_id: course === "" ? null : course, remind_before: remind === "" ? null : Number(remind),
        study_minutes: (type === "exam" || type === "deadline") && Number.isFinite(study) ? Math.round(study * 60) : null,
      });
    } catch (error) {
      setProblem(describe(error));
      setBusy(false);
    }
  };

  return (
    <Dialog title={heading} onClose={closeSheet} sheet>
      <form className="planner-form" onSubmit={(press) => void submit(press)}>
        <div className="stack">
          {children}
          {problem ? <Problem>{problem}</Problem> : null}
          <Field label={t("planner.title")} value={title} required maxLength={200} autoFocus placeholder={t("planner.titleExample")} onChange={(each) => setTitle(each.target.value)} />
          <div className="planner-pair">
            <Choice label={t("planner.type")} value={type} onChange={(value) => chooseType(value as EventType)} options={eventTypes.map((value) => [value, typeText(value)])} />
            {courses.length > 0 ? <Choice label={t("planner.course")} value={course} onChange={setCourse} options={[["", t("planner.noCourse")], ...courses.map(({ id, name }): [string, string] => [id, name])]} /> : null}
          </div>
          <label className="planner-check"><input type="checkbox" checked={isAllDay} onChange={(each) => setAllDay(each.target.checked)} /> <span>{t("planner.allDay")}</span></label>
          <div className="planner-pair">
            <Field label={t("planner.startDay")} type="date" required value={day} min="1970-01-02" max="2099-12-30" onChange={(each) => moveStart(each.target.value, from)} />
            {isAllDay ? null : <Field label={t("planner.startTime")} type="time" required value={from} onChange={(each) => moveStart(day, each.target.value)} />}
            <Field label={t("planner.endDay")} type="date" required value={lastDay} min={day} max="2099-12-31" onChange={(each) => setLastDay(each.target.value)} />
            {isAllDay ? null : <Field label={t("planner.endTime")} type="time" required value={to} problem={backwards ? t("planner.backwards") : undefined} onChange={(each) => setTo(each.target.value)} />}
          </div>
          {single ? null : <Repeating value={repetition} onChange={setRepetition} day={day} />}
          <div className="planner-pair">
            <Choice label={t("planner.remind")} value={remind} onChange={setRemind} options={[["", isNew ? t("planner.remindUsual") : t("planner.remindNever")], ...reminderChoices(remind)]} />
            {type === "exam" || type === "deadline" ? (
              <Field label={t("planner.studyHours")} type="number" min={0} max={1000} step={0.5} value={hours} hint={t("planner.studyHint")} onChange={(each) => setHours(each.target.value)} />
            ) : null}
          </div>
          <Field label={t("planner.location")} value={location} maxLength={300} onChange={(each) => setLocation(each.target.value)} />
          <Described label={t("planner.description")} value={description} onChange={setDescription} />
        </div>
        <footer>
          <button type="button" className="button" onClick={closeSheet}>{t("planner.cancel")}</button>
          <button type="submit" className="button primary" disabled={busy || title.trim() === "" || start === null || end === null || backwards}>{send}</button>
        </footer>
      </form>
    </Dialog>
  );
}

/** When it is at first: as it stands, or the next full hour of today. */
function useBeginning(event: Partial<NewEvent>): { start: Date; end: Date } {
  const [known] = useState(() => {
    const next = new Date();
    next.setHours(next.getHours() + 1, 0, 0, 0);
    const start = event.start_date ? new Date(event.start_date) : next;
    const end = event.end_date ? new Date(event.end_date) : new Date(start.getTime() + lengths[event.type ?? "exam"] * 60_000);
    if (!event.is_all_day || !event.time_zone) return event.is_all_day ? { start, end: new Date(end.getTime() - 1000) } : { start, end };
    // The last day, not the midnight after it.
    const day = (time: Date) => dayOf(dayInZone(time.toISOString(), event.time_zone ?? "")) ?? time;
    return { start: day(start), end: day(new Date(end.getTime() - 1000)) };
  });
  return known;
}

function reminderChoices(current: string): [string, string][] {
  const minutes = new Set<number>(reminders);
  if (current !== "") minutes.add(Number(current));
  return [...minutes].sort((a, b) => a - b).map((each) => [String(each), each === 0 ? t("planner.remindAtStart") : t("planner.remindBefore", { time: each % 1440 === 0 ? t("planner.days", { count: each / 1440 }) : durationText(each) })]);
}

/** How it comes again, and until when. */
function Repeating({ value, onChange, day }: { value: Repetition; onChange: (value: Repetition) => void; day: string }) {
  const weekly = value.every === "week" || value.every === "fortnight";
  const start = dayOf(day)?.getDay() ?? 1;
  const days = value.days.length === 0 ? [start === 0 ? 7 : start] : value.days;
  return (
    <div className="planner-repeat">
      <div className="planner-pair">
        <Choice
          label={t("planner.repeats")} value={value.every} onChange={(every) => onChange({ ...value, every: every as Repetition["every"], days: [] })}
          options={repetitions.filter((each) => each !== "custom" || value.every === "custom").map((each) => [each, t(`planner.every_${each}`)])}
        />
        {value.every === "never" || value.every === "custom" ? null : <Field label={t("planner.until")} type="date" value={value.until} min={day} onChange={(each) => onChange({ ...value, until: each.target.value })} />}
      </div>
      {weekly ? (
        <fieldset className="planner-weekdays">
          <legend>{t("planner.onDays")}</legend>
          {[1, 2, 3, 4, 5, 6, 7].map((each) => (
            <label key={each}>
              <input
                type="checkbox" checked={days.includes(each)}
                onChange={() => {
                  const next = days.includes(each) ? days.filter((other) => other !== each) : [...days, each];
                  if (next.length > 0) onChange({ ...value, days: next });
                }}
              />
              <span>{weekday.format(new Date(2026, 5, each))}</span>
            </label>
          ))}
        </fieldset>
      ) : null}
      {value.every === "custom" ? <Field label={t("planner.rule")} value={value.rule} maxLength={500} hint={t("planner.ruleHint")} onChange={(each) => onChange({ ...value, rule: each.target.value })} /> : null}
    </div>
  );
}

export function Choice({ label, value, options, onChange }: { label: string; value: string; options: readonly (readonly [string, string])[]; onChange: (value: string) => void }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map(([each, text]) => <option key={each} value={each}>{text}</option>)}
      </select>
    </div>
  );
}

function Described({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea id={id} className="input" rows={2} maxLength={5000} dir="auto" value={value} onChange={(event) => onChange(event.target.value)} />
    </div>
  );
}
