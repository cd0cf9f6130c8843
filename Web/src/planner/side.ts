/** Something that takes a stretch of a day. */
export interface Stretch {
  /** Milliseconds since 1970. */
  start: number;
  end: number;
}

/** Where a stretch stands beside those that overlap it: its column, of how many. */
export interface Column<Item extends Stretch> {
  item: Item;
  column: number;
  columns: number;
}

/** Puts what overlaps side by side. Stretches that touch each other by others in between share one width. */
export function sideBySide<Item extends Stretch>(items: readonly Item[]): Column<Item>[] {
  const sorted = [...items].sort((a, b) => a.start - b.start || b.end - a.end);
  const placed: Column<Item>[] = [];
  let group: Column<Item>[] = [];
  let ends: number[] = [];
  const close = () => {
    for (const each of group) each.columns = ends.length;
    placed.push(...group);
    [group, ends] = [[], []];
  };
  for (const item of sorted) {
    if (ends.length > 0 && ends.every((end) => end <= item.start)) close();
    const free = ends.findIndex((end) => end <= item.start);
    const column = free < 0 ? ends.length : free;
    ends[column] = item.end;
    group.push({ item, column, columns: 1 });
  }
  close();
  return placed;
}
