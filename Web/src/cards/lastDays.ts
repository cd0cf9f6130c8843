import type { Statistics } from "../api/cards";

type Day = Statistics["days"][number];

/** "2026-11-30", by the reader's own clock. */
export function dayName(date: Date): string {
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;
}

function daysBefore(today: Date, count: number): Date {
  return new Date(today.getFullYear(), today.getMonth(), today.getDate() - count);
}

/** Each of the last days, also those on which nothing was done. */
export function lastDays(days: readonly Day[], count: number, today = new Date()): Day[] {
  const known = new Map(days.map((day) => [day.date, day]));
  return Array.from({ length: count }, (_, index) => {
    const date = dayName(daysBefore(today, count - 1 - index));
    return known.get(date) ?? { date, reviews: 0, new: 0, remembered: 0, duration_ms: 0 };
  });
}

/** The last weeks from Monday to Sunday, this one last; days that are still to come are null. */
export function weeksBack(count: number, today = new Date()): (Date | null)[][] {
  const sinceMonday = (today.getDay() + 6) % 7;
  return Array.from({ length: count }, (_, week) => Array.from({ length: 7 }, (__, day) => {
    const back = (count - 1 - week) * 7 + sinceMonday - day;
    return back < 0 ? null : daysBefore(today, back);
  }));
}
