import type { PlannerEvent, PlanReason } from "../api/planner";
import { percentText } from "../strings/amounts";
import { daysSince } from "../strings/days";
import { region } from "../strings/locale";
import { t } from "../strings/t";
import { dayInZone, dayOf } from "./days";

const clock = new Intl.DateTimeFormat(region, { hour: "numeric", minute: "2-digit" });
const longDay = new Intl.DateTimeFormat(region, { weekday: "long", day: "numeric", month: "long" });
const shortDay = new Intl.DateTimeFormat(region, { weekday: "short", day: "numeric", month: "short" });
const otherYear = new Intl.DateTimeFormat(region, { weekday: "short", day: "numeric", month: "short", year: "numeric" });

export const typeText = (type: PlannerEvent["type"]): string => t(`planner.type_${type}`);

/** The title that a reader sees: what a plan put there is named here. */
export function titleOf(event: PlannerEvent): string {
  if (event.activity === "review") return t("planner.cardsBlock");
  // Else the block has the name of its exam.
  return event.reason !== undefined && event.title === event.reason.goal ? t("planner.prepare", { title: event.title }) : event.title;
}

/** "Friday, 4 December". */
export function dayText(date: Date): string {
  return longDay.format(date);
}

/** "Fri, 4 Dec", or with its year where that is another. */
export function shortDayText(date: Date): string {
  return (date.getFullYear() === new Date().getFullYear() ? shortDay : otherYear).format(date);
}

/** "today", "tomorrow", or the day. */
export function nearDayText(date: Date, now = new Date()): string {
  const days = 0 - daysSince(date, now);
  return days === 0 ? t("planner.today") : days === 1 ? t("planner.tomorrow") : shortDayText(date);
}

/** "9:00 – 11:00", what both times share said once; one time for what takes none. */
export function hoursText(event: Pick<PlannerEvent, "start_date" | "end_date" | "is_all_day">): string {
  if (event.is_all_day) return t("planner.allDay");
  const [start, end] = [new Date(event.start_date), new Date(event.end_date)];
  return start.getTime() === end.getTime() ? clock.format(start) : start.toDateString() === end.toDateString() ? clock.formatRange(start, end) : `${clock.format(start)} – ${clock.format(end)}`;
}

/** The first day on which it is, in the reader's calendar. */
export function firstDay(event: Pick<PlannerEvent, "start_date" | "is_all_day" | "time_zone">): Date {
  const start = new Date(event.start_date);
  if (!event.is_all_day) return start;
  return dayOf(dayInZone(event.start_date, event.time_zone)) ?? start;
}

/** Day and hours in a line. */
export function whenText(event: PlannerEvent): string {
  return `${nearDayText(firstDay(event))}, ${hoursText(event)}`;
}

/** Why a block stands where it does. */
export function reasonText(reason: PlanReason): string {
  const { goal, mastery } = reason;
  const topic = reason.topic === "" ? goal : reason.topic;
  const when = t("planner.daysLater", { count: reason.days });
  switch (reason.kind) {
    case "cards_due": return t("planner.why_cards", { count: reason.cards });
    case "weak_topic": return reason.topic === "" ? t("planner.why_weakAll", { goal, when }) : t("planner.why_weak", { share: percentText(mastery / 100), topic, goal, when });
    case "spaced_again": return reason.topic === "" ? t("planner.why_againAll", { goal, when }) : t("planner.why_again", { topic, goal, when });
    case "rehearsal": return t("planner.why_rehearsal", { goal, when });
    default: return reason.text;
  }
}

/** "1 h 30 min". */
export function durationText(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)];
  if (hours === 0) return t("planner.minutes", { count: rest });
  return rest === 0 ? t("planner.hours", { count: hours }) : t("planner.hoursAndMinutes", { hours, minutes: rest });
}
