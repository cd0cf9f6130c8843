import { documents, LibraryDocument, Twin } from "../api/documents";
import { Store } from "../state/store";
import { loadLibrary, placeDocument } from "./libraryStore";

/** A document that was just brought, and one like it that was there before. */
export interface FoundTwin {
  added: LibraryDocument;
  twin: Twin;
}

/** What the student is still to be asked about, the oldest first. */
export const twins = new Store<readonly FoundTwin[]>([]);

export function noteTwin(added: LibraryDocument): void {
  if (added.twin) twins.set((list) => [...list, { added, twin: added.twin as Twin }]);
}

/** Both stay. */
export function keepBoth(added: string): void {
  twins.set((list) => list.filter((each) => each.added.id !== added));
}

/** The one that was brought becomes the newest version of the one that was there. */
export async function replaceTwin({ added, twin }: FoundTwin): Promise<void> {
  placeDocument(await documents.addVersion(twin.id, added.id));
  keepBoth(added.id);
  await loadLibrary();
}

export function forgetTwins(): void {
  twins.set([]);
}
