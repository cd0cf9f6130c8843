import { region } from "../strings/locale";

/** The zone in which the student lives. */
export const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A day of the reader's own calendar as an address names it: `2026-12-04`. */
export function dayKey(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Midnight of a day; null for what is none. */
export function dayOf(key: string): Date | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(key);
  if (!match) return null;
  const date = new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return dayKey(date) === key ? date : null;
}

/** The same time of another day: by the calendar, so that the hour stays when the clocks are changed. */
export function addDays(date: Date, days: number): Date {
  const moved = new Date(date);
  moved.setDate(moved.getDate() + days);
  return moved;
}

/** The same time of day in another month, or on its last day. */
export function addMonths(date: Date, months: number): Date {
  const first = new Date(date.getFullYear(), date.getMonth() + months, 1);
  const last = new Date(first.getFullYear(), first.getMonth() + 1, 0).getDate();
  return new Date(first.getFullYear(), first.getMonth(), Math.min(date.getDate(), last));
}

/** With which day weeks begin where the reader lives: 1 for Monday to 7 for Sunday. */
export function firstWeekday(tag = region): number {
  const locale = new Intl.Locale(tag) as Intl.Locale & { weekInfo?: { firstDay: number }; getWeekInfo?: () => { firstDay: number } };
  return locale.getWeekInfo?.().firstDay ?? locale.weekInfo?.firstDay ?? 1;
}

/** Midnight of the first day of a day's week. */
export function weekStart(date: Date, first = firstWeekday()): Date {
  const weekday = date.getDay() === 0 ? 7 : date.getDay();
  return addDays(new Date(date.getFullYear(), date.getMonth(), date.getDate()), -((weekday - first + 7) % 7));
}

/** The days of whole weeks that a month touches. */
export function monthDays(date: Date, first = firstWeekday()): Date[] {
  const start = weekStart(new Date(date.getFullYear(), date.getMonth(), 1), first);
  const last = new Date(date.getFullYear(), date.getMonth() + 1, 0);
  const days: Date[] = [];
  for (let day = start; day <= last || days.length % 7 !== 0; day = addDays(day, 1)) days.push(day);
  return days;
}

/** `09:30` of the reader's clock, as a field for times has it. */
export function clockOf(date: Date): string {
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The moment of a day and a time as fields have them; null where one is missing. */
export function momentOf(day: string, clock: string): Date | null {
  const date = dayOf(day);
  const match = /^(\d{2}):(\d{2})/.exec(clock);
  if (date === null || !match) return null;
  date.setHours(Number(match[1]), Number(match[2]));
  return date;
}

/** Which day an instant is in another zone: whole days are kept as midnights of the zone in which they were made. */
export function dayInZone(time: string, zone: string): string {
  try {
    return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date(time));
  } catch {
    return dayKey(new Date(time));
  }
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
