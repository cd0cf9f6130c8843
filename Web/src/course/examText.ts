import { daysSince } from "../strings/days";
import { t } from "../strings/t";

/** A day of the calendar, `2027-02-14`, in the reader's own time. */
export function calendarDay(day: string): Date | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  return match ? new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3])) : null;
}

/** Days until an exam; negative once it is over, null where no day is set. */
export function daysTo(day: string | null | undefined, now = new Date()): number | null {
  const date = day ? calendarDay(day) : null;
  return date === null ? null : 0 - daysSince(date, now);
}

/** "in 12 days", "tomorrow", "today". */
export function examText(days: number): string {
  if (days < 0) return t("course.examOver");
  if (days === 0) return t("course.examToday");
  if (days === 1) return t("course.examTomorrow");
  return t("course.examIn", { count: days });
}

/** As short as the rail has room for: "12 d". */
export function shortExamText(days: number): string {
  return days === 0 ? t("course.examTodayShort") : t("course.days", { days });
}
