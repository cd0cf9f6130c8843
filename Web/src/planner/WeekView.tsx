import { useEffect, useRef, useState } from "react";
import type { PlannerEvent } from "../api/planner";
import { draft, keyOf } from "./plannerStore";
import { openSheet } from "../frame/sheets";
import { region } from "../strings/locale";
import { t } from "../strings/t";
import { addDays, dayKey } from "./days";
import { EventChip, Travel } from "./EventChip";
import { dayText, firstDay } from "./eventText";
import { sideBySide } from "./side";

const weekday = new Intl.DateTimeFormat(region, { weekday: "short" });
const hour = new Intl.DateTimeFormat(region, { hour: "numeric" });
/** Minutes to which a drag snaps, and that a key moves. */
const snap = 15;
/** Rem that an hour is high. */
const hourHeight = 3;

interface WeekViewProps {
  days: readonly Date[];
  events: readonly PlannerEvent[];
}

/** A week by the hour, on a screen with room for seven columns. */
export function WeekView({ days, events }: WeekViewProps) {
  const grid = useRef<HTMLDivElement>(null);
  const timed = events.filter((event) => !event.is_all_day);
  const whole = events.filter((event) => event.is_all_day);
  const [first, last] = hoursShown(timed);
  const now = useNow();
  const travel: Travel = (from, to) => {
    const box = grid.current?.getBoundingClientRect();
    if (!box) return null;
    const column = (x: number) => Math.floor(((x - box.left) / box.width) * days.length);
    const days_ = Math.max(0, Math.min(days.length - 1, column(to.x))) - column(from.x);
    const minutes = Math.round((((to.y - from.y) / box.height) * (last - first) * 60) / snap) * snap;
    return { days: days_, minutes };
  };
  return (
    <div className="planner-week" style={{ ["--hours" as string]: last - first }}>
      <div className="planner-week-head" aria-hidden="true">
        <span />
        {days.map((day) => <span key={dayKey(day)} data-today={dayKey(day) === dayKey(now) ? "" : undefined}>{weekday.format(day)} <strong>{day.getDate()}</strong></span>)}
      </div>
      {whole.length > 0 ? (
        <div className="planner-week-whole">
          <span>{t("planner.allDay")}</span>
          {days.map((day) => (
            <ul key={dayKey(day)} aria-label={`${dayText(day)}, ${t("planner.allDay")}`}>
              {whole.filter((event) => isOn(event, day)).map((event) => <li key={keyOf(event)}><EventChip event={event} travel={travel} step={0} hours={false} /></li>)}
            </ul>
          ))}
        </div>
      ) : null}
      <div className="planner-week-body">
        <div className="planner-hours" aria-hidden="true">
          {Array.from({ length: last - first }, (_, index) => <span key={index} style={{ insetBlockStart: `${index * hourHeight}rem` }}>{hour.format(new Date(2026, 0, 1, first + index))}</span>)}
        </div>
        <div className="planner-grid" ref={grid}>
          {days.map((day) => (
            <ul
              key={dayKey(day)} aria-label={dayText(day)} data-today={dayKey(day) === dayKey(now) ? "" : undefined}
              onDoubleClick={(press) => press.target === press.currentTarget && begin(day, first + (press.nativeEvent.offsetY / press.currentTarget.clientHeight) * (last - first))}
            >
              {placed(timed, day, first, last).map(({ item: { event, top, height }, column, columns }) => (
                <li
                  key={keyOf(event)}
                  style={{ insetBlockStart: `${top}rem`, blockSize: `${height}rem`, insetInlineStart: `${(column / columns) * 100}%`, inlineSize: `${100 / columns}%` }}
                >
                  <EventChip event={event} travel={travel} step={snap} hours={height >= 2} tall={height >= 3.5} />
                </li>
              ))}
              {dayKey(day) === dayKey(now) && now.getHours() >= first && now.getHours() < last ? (
                <li className="planner-now" aria-hidden="true" style={{ insetBlockStart: `${(now.getHours() + now.getMinutes() / 60 - first) * hourHeight}rem` }} />
              ) : null}
            </ul>
          ))}
        </div>
      </div>
    </div>
  );
}

/** Makes an event at a time that was pressed twice. */
function begin(day: Date, hours: number): void {
  const start = new Date(day);
  start.setHours(0, Math.floor((hours * 60) / 30) * 30);
  draft.set({ start_date: start.toISOString(), end_date: new Date(start.getTime() + 3_600_000).toISOString() });
  openSheet("new-event");
}

export function isOn(event: PlannerEvent, day: Date): boolean {
  const [from, to] = [day.getTime(), addDays(day, 1).getTime()];
  if (event.is_all_day) {
    const first = firstDay(event).getTime();
    return first < to && first + (new Date(event.end_date).getTime() - new Date(event.start_date).getTime()) - 3_600_000 * 2 >= from;
  }
  const [start, end] = [new Date(event.start_date).getTime(), new Date(event.end_date).getTime()];
  return start < to && (end > from || start >= from);
}

/** From which hour to which: what is there, and the day's usual hours. */
function hoursShown(events: readonly PlannerEvent[]): [number, number] {
  let [first, last] = [8, 20];
  for (const event of events) {
    const [start, end] = [new Date(event.start_date), new Date(event.end_date)];
    first = Math.min(first, start.getHours());
    last = Math.max(last, end.getDate() === start.getDate() ? end.getHours() + (end.getMinutes() > 0 ? 1 : 0) : 24, start.getHours() + 1);
  }
  return [first, Math.min(24, last)];
}

function placed(events: readonly PlannerEvent[], day: Date, first: number, last: number) {
  const [from, to] = [day.getTime(), addDays(day, 1).getTime()];
  const items = events.filter((event) => isOn(event, day)).map((event) => {
    const start = Math.max(new Date(event.start_date).getTime(), from);
    const end = Math.min(new Date(event.end_date).getTime(), to);
    const top = Math.max(0, (hoursOf(new Date(start), day) - first) * hourHeight);
    // What takes no time has the height of a line.
    const height = Math.min((last - first) * hourHeight - top, Math.max(1.5, ((end - start) / 3_600_000) * hourHeight));
    return { event, top, height, start, end: start + (height / hourHeight) * 3_600_000 };
  });
  return sideBySide(items);
}

/** By the clock on the wall, whatever the day's length. */
function hoursOf(date: Date, day: Date): number {
  return date.getDate() === day.getDate() ? date.getHours() + date.getMinutes() / 60 : 24;
}

/** The time, a minute at most ago. */
export function useNow(): Date {
  const [now, setNow] = useState(new Date());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(new Date()), 60_000);
    return () => window.clearInterval(timer);
  }, []);
  return now;
}
