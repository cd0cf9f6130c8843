export interface Piece {
  text: string;
  hit: boolean;
}

const longest = 420;

/** A passage with the query's words told apart, cut to the stretch where the first of them stands. */
export function markedWords(passage: string, query: string): Piece[] {
  const text = passage.replace(/\s+/g, " ").trim();
  const words = [...new Set((query.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []))];
  const pattern = words.length === 0 ? null : new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.map(stem).join("|")})[\\p{L}\\p{N}]*`, "giu");
  const first = pattern === null ? 0 : Math.max(0, text.search(pattern));
  const from = text.length <= longest ? 0 : Math.min(wordStart(text, Math.max(0, first - 120)), text.length - longest);
  const shown = text.slice(from, from + longest >= text.length ? text.length : wordEnd(text, from + longest));
  const pieces: Piece[] = from > 0 ? [{ text: "… ", hit: false }] : [];
  let at = 0;
  for (const match of pattern === null ? [] : shown.matchAll(pattern)) {
    const start = match.index ?? 0;
    if (start > at) pieces.push({ text: shown.slice(at, start), hit: false });
    const word = match[0] ?? "";
    pieces.push({ text: word, hit: true });
    at = start + word.length;
  }
  if (at < shown.length) pieces.push({ text: shown.slice(at), hit: false });
  if (from + shown.length < text.length) pieces.push({ text: " …", hit: false });
  return pieces;
}

/** A long word also matches its other endings. The words hold letters and digits only, so nothing needs escaping. */
function stem(word: string): string {
  return word.length > 7 ? word.slice(0, -2) : word.length > 4 ? word.slice(0, -1) : word;
}

function wordEnd(text: string, at: number): number {
  const space = text.lastIndexOf(" ", at);
  return space > 0 ? space : at;
}

function wordStart(text: string, at: number): number {
  const space = text.indexOf(" ", at);
  return at === 0 || space < 0 ? at : space + 1;
}
