import { region } from "../strings/locale";

const day = 86_400;

/** How long until a card comes back, in few letters: "10 min", "3 d", "2.4 mths". */
export function intervalText(seconds: number): string {
  const [value, unit, digits] =
    seconds < 3600 ? [Math.max(1, seconds / 60), "minute", 0] : seconds < day ? [seconds / 3600, "hour", 0] : seconds < 30 * day ? [seconds / day, "day", 0]
    : seconds < 365 * day ? [seconds / (30.44 * day), "month", 1] : [seconds / (365.25 * day), "year", 1];
  return new Intl.NumberFormat(region, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: digits as number }).format(value as number);
}
