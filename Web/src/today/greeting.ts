import { region } from "../strings/locale";
import { t } from "../strings/t";

export function greeting(name: string, now: Date): string {
  const hour = now.getHours();
  const part = hour < 5 ? "night" : hour < 12 ? "morning" : hour < 18 ? "day" : "evening";
  return name === "" ? t(`today.${part}`) : t(`today.${part}Name`, { name });
}

export function todayText(now: Date): string {
  return new Intl.DateTimeFormat(region, { weekday: "long", day: "numeric", month: "long" }).format(now);
}
