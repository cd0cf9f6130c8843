import { describe, isAbort } from "../api/errors";
import { Memory, memories } from "../api/memories";
import { UndoableDeletion } from "../design/UndoableDeletion";
import type { LiveEvent } from "../events/liveEvents";
import { Store } from "../state/store";

/** What the list is limited to. */
export interface MemoryLimits {
  text: string;
  /** Those of one answer, separated by commas; null for all. */
  ids: string | null;
}

export interface Remembered {
  phase: "loading" | "ready" | "failed";
  items: Memory[];
  total: number;
  page: number;
  limits: MemoryLimits;
  problem: string | null;
}

const nothing: Remembered = { phase: "loading", items: [], total: 0, page: 1, limits: { text: "", ids: null }, problem: null };
const step = 100;

export const remembered = new Store<Remembered>(nothing);
/** Whether memory is on; null while unknown. */
export const memoryOn = new Store<boolean | null>(null);

let question: AbortController | null = null;

/** Reads the list as it is limited, from its beginning or one page on. */
export async function loadMemories(limits: MemoryLimits = remembered.get().limits, page = 1): Promise<void> {
  question?.abort();
  const mine = new AbortController();
  question = mine;
  try {
    const [found, on] = await Promise.all([
      memories.list(page, step, { text: limits.text, ...(limits.ids === null ? {} : { ids: limits.ids }) }, mine.signal),
      memoryOn.get() ?? memories.isOn(mine.signal),
    ]);
    memoryOn.set(on);
    remembered.set((now) => ({
      phase: "ready", items: page === 1 ? found.data : [...now.items, ...found.data], total: found.pagination.total, page, limits, problem: null,
    }));
  } catch (error) {
    if (!isAbort(error)) remembered.set((now) => ({ ...now, phase: "failed", limits, problem: describe(error) }));
  }
}

/** Puts a memory that was made or changed here into the list. */
export function placeMemory(memory: Memory): void {
  remembered.set((now) => {
    const known = now.items.some(({ id }) => id === memory.id);
    const items = known ? now.items.map((each) => (each.id === memory.id ? memory : each)) : [memory, ...now.items];
    return { ...now, items, total: known ? now.total : now.total + 1 };
  });
}

export const forgetting = new UndoableDeletion({ remove: (id) => memories.forget(id), after: () => loadMemories() });

export function applyToMemories(event: LiveEvent): void {
  if (event.type.startsWith("memory.") && remembered.get().phase === "ready") void loadMemories();
}

export function forgetMemories(): void {
  question?.abort();
  forgetting.forget();
  memoryOn.set(null);
  remembered.set(nothing);
}
