/** Where a reader is in a document: a page, and how far down it, from 0 to 1. */
export interface ReadingPosition {
  page: number;
  fraction: number;
}

const key = "little-monster-positions";
/** Documents whose places are kept; the ones read last. */
const most = 200;

type Entry = [id: string, page: number, fraction: number];

export function recallPosition(id: string): ReadingPosition | null {
  const entry = stored().find((each) => each[0] === id);
  return entry ? { page: entry[1], fraction: entry[2] } : null;
}

/** Keeps the place in this browser. */
export function rememberPosition(id: string, { page, fraction }: ReadingPosition): void {
  const others = stored().filter((each) => each[0] !== id);
  const entry: Entry = [id, page, Math.round(fraction * 1000) / 1000];
  try {
    window.localStorage.setItem(key, JSON.stringify([entry, ...others].slice(0, most)));
  } catch {
    // Storage may be forbidden or full; the document then opens at its start.
  }
}

function stored(): Entry[] {
  try {
    const list = JSON.parse(window.localStorage.getItem(key) ?? "[]") as unknown;
    return Array.isArray(list) ? list.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is Entry {
  return Array.isArray(value) && typeof value[0] === "string" && Number.isFinite(value[1]) && Number.isFinite(value[2]);
}
