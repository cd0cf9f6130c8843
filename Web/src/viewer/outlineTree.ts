import type { OutlineEntry } from "../api/documents";

/** A heading with those that stand under it. */
export interface OutlineBranch {
  title: string;
  /** Which of the outline's entries it is, from 0. */
  index: number;
  branches: OutlineBranch[];
}

/** Nests headings by their levels; a level that is skipped opens no empty branch. */
export function outlineTree(entries: readonly OutlineEntry[]): OutlineBranch[] {
  const top: OutlineBranch[] = [];
  const open: { level: number; branches: OutlineBranch[] }[] = [{ level: -Infinity, branches: top }];
  entries.forEach(({ title, level }, index) => {
    while (open.length > 1 && (open[open.length - 1]?.level ?? level) >= level) open.pop();
    const branch: OutlineBranch = { title, index, branches: [] };
    open[open.length - 1]?.branches.push(branch);
    open.push({ level, branches: branch.branches });
  });
  return top;
}

/** The headings above one, from the outermost. */
export function headingsAbove(entries: readonly OutlineEntry[], index: number): number[] {
  const above: number[] = [];
  let level = entries[index]?.level ?? -Infinity;
  for (let at = index - 1; at >= 0; at -= 1) {
    const entry = entries[at];
    if (!entry || entry.level >= level) continue;
    above.unshift(at);
    level = entry.level;
  }
  return above;
}

/** The last heading that begins at or before a place; null before the first. */
export function sectionAt(entries: readonly OutlineEntry[], page: number, offset: number): number | null {
  let found: number | null = null;
  entries.forEach((entry, index) => {
    if (entry.page < page || (entry.page === page && entry.offset <= offset)) found = index;
  });
  return found;
}
