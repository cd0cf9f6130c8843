import { daysSince } from "../strings/days";
import { t } from "../strings/t";

/** Things of one stretch of time. */
export interface DayGroup<Item> {
  label: string;
  items: Item[];
}

const labels = [t("chat.today"), t("chat.yesterday"), t("chat.lastWeek"), t("chat.earlier")] as const;

/** Parts a list by how long ago its things were touched; within a part the order stays. */
export function dayGroups<Item>(items: readonly Item[], timeOf: (item: Item) => string | undefined, now = new Date()): DayGroup<Item>[] {
  const groups: DayGroup<Item>[] = labels.map((label) => ({ label, items: [] }));
  for (const item of items) groups[ageOf(timeOf(item), now)]?.items.push(item);
  return groups.filter((group) => group.items.length > 0);
}

function ageOf(time: string | undefined, now: Date): number {
  const date = time === undefined ? now : new Date(time);
  const days = daysSince(date, now);
  // One without a time was made just now.
  if (!(days > 0)) return 0;
  return days === 1 ? 1 : days < 8 ? 2 : 3;
}
