import { region } from "./locale";
import { t } from "./t";

const thisYear = new Intl.DateTimeFormat(region, { day: "numeric", month: "short" });
const otherYear = new Intl.DateTimeFormat(region, { day: "numeric", month: "short", year: "numeric" });
const clock = new Intl.DateTimeFormat(region, { hour: "numeric", minute: "2-digit" });

/** "today", "yesterday", "3 Nov", "3 Nov 2024". Empty for what is no time. */
export function dayText(time: string, now = new Date()): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return "";
  const days = daysSince(date, now);
  if (days === 0) return t("strings.today");
  if (days === 1) return t("strings.yesterday");
  return (date.getFullYear() === now.getFullYear() ? thisYear : otherYear).format(date);
}

export function timeText(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? "" : clock.format(date);
}

/** How many of the reader's own days lie between, whatever the hours: 1 for yesterday. */
export function daysSince(date: Date, now: Date): number {
  return Math.round((startOfDay(now) - startOfDay(date)) / 86_400_000);
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
