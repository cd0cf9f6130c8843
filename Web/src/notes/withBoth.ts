import type { NoteCitation } from "../api/notes";

interface Cited {
  text: string;
  citations: readonly NoteCitation[];
}

/** Two texts of one note, one below the other, with one numbering of what they cite. */
export function withBoth(mine: Cited, theirs: Cited): { text: string; citations: NoteCitation[] } {
  const citations = [...theirs.citations];
  const numbers = new Map<number, number>();
  for (const citation of mine.citations) {
    const known = citations.find((each) => samePlace(each, citation));
    const number = known?.number ?? Math.max(0, ...citations.map((each) => each.number)) + 1;
    if (!known) citations.push({ ...citation, number });
    numbers.set(citation.number, number);
  }
  const text = mine.text.replace(/\[(\d{1,3})\](?!\()/g, (marker, number: string) => {
    const now = numbers.get(Number(number));
    return now === undefined ? marker : `[${now}]`;
  });
  return { text: theirs.text.trim() === "" ? text : `${theirs.text.trimEnd()}\n\n---\n\n${text}`, citations };
}

function samePlace(one: NoteCitation, other: NoteCitation): boolean {
  return one.chunk_id === other.chunk_id && one.start === other.start && one.end === other.end && one.quote === other.quote;
}
