import { Store } from "../state/store";

/** A document as it was last shown beside a conversation. */
interface LastDocument {
  id: string;
  parameters: Readonly<Record<string, string | null>>;
}

/** What was beside a conversation last, by the conversation: its tab leads back to it. */
export const lastDocuments = new Store<ReadonlyMap<string, LastDocument>>(new Map());

/** Which conversation was beside a document last, by the document. */
export const lastTalks = new Store<ReadonlyMap<string, string>>(new Map());

export function noteDocument(talk: string, document: LastDocument): void {
  lastDocuments.set((before) => new Map(before).set(talk, document));
}

export function noteTalk(document: string, talk: string | null): void {
  lastTalks.set((before) => {
    const after = new Map(before);
    if (talk === null) after.delete(document);
    else after.set(document, talk);
    return after;
  });
}

export function forgetLastBeside(): void {
  lastDocuments.set(new Map());
  lastTalks.set(new Map());
}
