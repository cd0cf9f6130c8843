import { session } from "../session/session";
import { Store } from "../state/store";

/** Questions begun and not yet sent, by whose and where they are, until the page closes. */
export const drafts = new Store<ReadonlyMap<string, string>>(new Map());

/** What a question of the signed-in user is kept under; null is for one that begins a conversation. */
export function draftKey(conversation: string | null): string {
  const current = session.get();
  return `${current.phase === "signedIn" ? current.user.id : ""}/${conversation ?? ""}`;
}

export function writeDraft(key: string, text: string): void {
  drafts.set((before) => {
    const after = new Map(before);
    if (text === "") after.delete(key);
    else after.set(key, text);
    return after;
  });
}

/** Puts words of a document before what is being asked. */
export function quoteInDraft(key: string, words: string): void {
  writeDraft(key, `“${words}”\n\n${drafts.get().get(key) ?? ""}`);
}
