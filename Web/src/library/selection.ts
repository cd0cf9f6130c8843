import { Store } from "../state/store";

/** The documents that the student has ticked, by id, with their titles. */
export const selection = new Store<ReadonlyMap<string, string>>(new Map());

/** Whether ticks are shown although none is set, as a finger needs it. */
export const selecting = new Store(false);

export function toggleSelected(document: { id: string; title: string }): void {
  selection.set((before) => {
    const after = new Map(before);
    if (!after.delete(document.id)) after.set(document.id, document.title);
    return after;
  });
}

export function selectAll(documents: readonly { id: string; title: string }[]): void {
  selection.set((before) => new Map([...before, ...documents.map(({ id, title }) => [id, title] as const)]));
}

export function endSelection(): void {
  selection.set(new Map());
  selecting.set(false);
}
