import { Store } from "../state/store";

/** A document that a question is limited to. */
export interface ScopedDocument {
  id: string;
  title: string;
}

/** What the next conversation asks; none means everything in the library. */
export const nextScope = new Store<ScopedDocument[]>([]);

export function askAbout(documents: ScopedDocument[]): void {
  nextScope.set(documents.map(({ id, title }) => ({ id, title })));
}
