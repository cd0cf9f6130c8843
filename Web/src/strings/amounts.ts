import { region } from "./locale";
import { t } from "./t";

const whole = new Intl.NumberFormat(region);
const shares = new Intl.NumberFormat(region, { style: "percent", maximumFractionDigits: 0 });

export function numberText(number: number): string {
  return whole.format(number);
}

/** A share from 0 to 1: "42%", or "42 %" where one writes it so. */
export function percentText(share: number): string {
  return shares.format(share);
}

export function fileSize(bytes: number): string {
  if (bytes < 1024) return t("strings.bytes", { count: bytes });
  const [value, unit, digits] =
    bytes < 1 << 20 ? [bytes / 1024, "kilobyte", 0] : bytes < 1 << 30 ? [bytes / (1 << 20), "megabyte", bytes < 10 << 20 ? 1 : 0] : [bytes / (1 << 30), "gigabyte", 1];
  return new Intl.NumberFormat(region, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: digits, minimumFractionDigits: digits }).format(value);
}

/** How long to wait, said once: "40 seconds", "3 minutes". */
export function waitText(seconds: number): string {
  return seconds < 90 ? t("strings.seconds", { count: Math.max(1, Math.ceil(seconds)) }) : t("strings.minutes", { count: Math.ceil(seconds / 60) });
}
