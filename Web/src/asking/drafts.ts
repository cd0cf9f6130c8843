import { session } from "../session/session";
import { Store } from "../state/store";

const key = "little-monster-drafts";

/** Questions begun and not yet sent, by whose and where they are. A reload of the tab keeps them. */
export const drafts = new Store<ReadonlyMap<string, string>>(stored());

/** Where a question stands that belongs to no conversation yet. */
export type DraftPlace = { talk: string | null } | { course: string } | { document: string } | { unsent: string };

/** What a question of the signed-in user is kept under. */
export function draftKey(place: DraftPlace): string {
  const current = session.get();
  const [[kind, id] = ["talk", null]] = Object.entries(place) as [string, string | null][];
  return `${current.phase === "signedIn" ? current.user.id : ""}/${kind}/${id ?? ""}`;
}

export function writeDraft(place: string, text: string): void {
  drafts.set((before) => {
    const after = new Map(before);
    if (text === "") after.delete(place);
    else after.set(place, text);
    return after;
  });
  try {
    window.sessionStorage.setItem(key, JSON.stringify([...drafts.get()]));
  } catch {
    // Storage may be forbidden; the draft then lasts until the page closes.
  }
}

/** Puts words of a document before what is being asked. */
export function quoteInDraft(place: string, words: string): void {
  writeDraft(place, `“${words}”\n\n${drafts.get().get(place) ?? ""}`);
}

export function forgetDrafts(): void {
  drafts.set(new Map());
  try {
    window.sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept then.
  }
}

function stored(): ReadonlyMap<string, string> {
  try {
    const list: unknown = JSON.parse(window.sessionStorage.getItem(key) ?? "[]");
    return new Map(Array.isArray(list) ? list.filter((each): each is [string, string] => Array.isArray(each) && typeof each[0] === "string" && typeof each[1] === "string") : []);
  } catch {
    return new Map();
  }
}
