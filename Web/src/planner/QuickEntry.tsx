import { FormEvent, useEffect, useRef, useState } from "react";
import { describe } from "../api/errors";
import { NewEvent, plannerAPI, UnderstoodEntry } from "../api/planner";
import { CourseTag } from "../course/CourseTag";
import { Icon } from "../design/Icon";
import { Problem } from "../design/Notice";
import { openSheet } from "../frame/sheets";
import { t } from "../strings/t";
import { timeZone } from "./days";
import { dayText, firstDay, hoursText, typeText } from "./eventText";
import { addEvent, draft, said } from "./plannerStore";
import { repetitionOf } from "./recurrence";

/** A line such as “bio exam friday 9am”; what was understood is shown before it is kept. */
export function QuickEntry({ example = t("planner.entryExample") }: { example?: string }) {
  const [text, setText] = useState("");
  const [entry, setEntry] = useState<UnderstoodEntry | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const add = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (entry !== null) add.current?.focus();
  }, [entry]);

  const understand = async (press: FormEvent) => {
    press.preventDefault();
    if (text.trim() === "") return field.current?.focus();
    setBusy(true);
    setProblem(null);
    try {
      setEntry(await plannerAPI.understand(text.trim(), timeZone()));
    } catch (error) {
      setProblem(describe(error));
    }
    return setBusy(false);
  };
  const keep = async (event: NewEvent) => {
    setBusy(true);
    try {
      const made = await addEvent(event);
      said.set(t("planner.added", { title: made.title }));
      setText("");
      setEntry(null);
      field.current?.focus();
    } catch (error) {
      setProblem(describe(error));
    }
    setBusy(false);
  };
  const event = entry === null ? null : newEvent(entry, text.trim());
  return (
    <div className="planner-entry">
      <form role="search" aria-label={t("planner.entry")} onSubmit={(press) => void understand(press)}>
        <input
          ref={field} className="input" dir="auto" maxLength={500} aria-label={t("planner.entry")} placeholder={example} value={text} enterKeyHint="go"
          onChange={(change) => {
            setText(change.target.value);
            setEntry(null);
          }}
        />
        <button type="submit" className="button" disabled={busy || text.trim() === ""}>{t("planner.understand")}</button>
      </form>
      {problem ? <Problem>{problem}</Problem> : null}
      {entry !== null && event !== null ? (
        <section className="planner-understood" aria-label={t("planner.understood")}>
          <div>
            <p className="planner-row-when">{typeText(entry.type)}</p>
            <p><strong dir="auto">{event.title}</strong></p>
            {entry.start_date === undefined ? <p className="planner-lacks">{t("planner.noDay")}</p> : <p>{whenOf(event)}{entry.rrule ? ` · ${t(`planner.every_${repetitionOf(entry.rrule).every}`)}` : ""}</p>}
            <CourseTag id={entry.course_id} />
          </div>
          <div className="planner-actions">
            {entry.start_date === undefined ? null : <button ref={add} type="button" className="button primary" disabled={busy} onClick={() => void keep(event as NewEvent)}><Icon name="check" size={18} /> {t("planner.add")}</button>}
            <button
              ref={entry.start_date === undefined ? add : undefined} type="button" className="button"
              onClick={() => {
                draft.set(event);
                setEntry(null);
                setText("");
                openSheet("new-event");
              }}
            >
              <Icon name="pencil" size={18} /> {t("planner.changeShort")}
            </button>
            <button
              type="button" className="button quiet"
              onClick={() => {
                setEntry(null);
                field.current?.focus();
              }}
            >
              {t("planner.cancel")}
            </button>
          </div>
        </section>
      ) : null}
    </div>
  );
}

function newEvent(entry: UnderstoodEntry, line: string): Partial<NewEvent> {
  return {
    title: entry.title === "" ? line : entry.title, type: entry.type, is_all_day: entry.is_all_day, time_zone: timeZone(),
    ...(entry.start_date === undefined ? {} : { start_date: entry.start_date }), ...(entry.end_date === undefined ? {} : { end_date: entry.end_date }),
    ...(entry.rrule === undefined ? {} : { rrule: entry.rrule }), ...(entry.course_id === undefined ? {} : { course_id: entry.course_id }),
  };
}

function whenOf(event: Partial<NewEvent>): string {
  const [start_date = "", is_all_day] = [event.start_date, event.is_all_day ?? false];
  const shown = { start_date, end_date: event.end_date ?? start_date, is_all_day, time_zone: timeZone() };
  return `${dayText(firstDay(shown))}, ${hoursText(shown)}`;
}
