import { Store } from "../state/store";

/** A document that a question is limited to. */
export interface ScopedDocument {
  id: string;
  title: string;
}

/** What a question is asked of: some documents, or a whole course, or with neither the whole library. */
export interface Scope {
  course: string | null;
  documents: readonly ScopedDocument[];
}

export const everything: Scope = { course: null, documents: [] };

/** What the next conversation asks. */
export const nextScope = new Store<Scope>(everything);

export function askAbout(documents: readonly ScopedDocument[], course: string | null = null): void {
  nextScope.set({ course, documents: documents.map(({ id, title }) => ({ id, title })) });
}

export function askCourse(course: string | null): void {
  nextScope.set({ course, documents: [] });
}
