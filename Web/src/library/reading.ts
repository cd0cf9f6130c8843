import { documents, LibraryDocument } from "../api/documents";
import { tellFailure } from "../design/toastStore";
import { library, placeDocument } from "./libraryStore";

/** Stops the reading of a document; what was made of it is kept. */
export async function stopReading(document: LibraryDocument): Promise<void> {
  await change(document, documents.cancel(document.id));
}

/** Goes on with a document that failed or was stopped, from the stage where it did. */
export async function resumeReading(document: LibraryDocument): Promise<void> {
  await change(document, documents.retry(document.id));
}

async function change(before: LibraryDocument, answer: Promise<LibraryDocument>): Promise<void> {
  try {
    const document = await answer;
    if (library.get().items.some(({ id }) => id === before.id)) placeDocument(document);
    tellChanged(document);
  } catch (error) {
    tellFailure(error);
  }
}

/** Tells who shows a document, or what is to take its place, that it has changed. */
export function tellChanged(document: LibraryDocument): void {
  for (const tell of watchers) tell(document);
}

const watchers = new Set<(document: LibraryDocument) => void>();

/** Tells who shows a document what became of it by a change from here, without waiting for the server's word. */
export function watchReading(tell: (document: LibraryDocument) => void): () => void {
  watchers.add(tell);
  return () => watchers.delete(tell);
}
