import type { CardOfMany } from "../api/cards";
import type { Note } from "../api/notes";
import { plainText } from "./plainText";

const item = /^\s*[-*+]\s+\*\*(.+?)\*\*\s*[:–—-]\s*(.+)$/;

/** The terms that a note explains (`- **Term**: what it is [1]`) as cards, each with the passage that it cites. */
export function termCards(note: Pick<Note, "id" | "content" | "citations">): CardOfMany[] {
  const cards = new Map<string, CardOfMany>();
  for (const line of note.content.split("\n")) {
    const [, term, meaning] = item.exec(line) ?? [];
    if (!term || !meaning) continue;
    const [front, back] = [plainText(term), plainText(meaning)];
    const number = Number(/\[(\d{1,3})\](?!\()/.exec(meaning)?.[1]);
    const citation = note.citations.find((each) => each.number === number);
    const key = `note:${note.id}:${front.toLowerCase().slice(0, 100)}`;
    if (front === "" || back === "" || cards.has(key)) continue;
    cards.set(key, {
      key, front, back,
      ...(citation ? { source: { document_id: citation.document_id, chunk_id: citation.chunk_id, quote: citation.quote.slice(0, 5000), title: citation.title, ...(citation.page ? { page: citation.page } : {}) } } : {}),
    });
  }
  return [...cards.values()].slice(0, 100);
}
