/** A stretch of one text item that belongs to the passage: UTF-16 offsets, end excluded. */
export interface MatchRange {
  item: number;
  start: number;
  end: number;
  /** The one of many that the reader is at. */
  current?: boolean;
}

/** Every place of some words, each as the ranges of the items that it touches. Space, case and accents do not count. */
export function findAll(items: readonly string[], words: string): MatchRange[][] {
  const page = skeletonOf(items);
  const wanted = skeletonOf([words]).text;
  const found: MatchRange[][] = [];
  if (wanted === "") return found;
  for (let at = page.text.indexOf(wanted); at >= 0; at = page.text.indexOf(wanted, at + wanted.length)) found.push(rangesOf(page, at, at + wanted.length));
  return found;
}

export interface QuoteMatch {
  /** exact: letter for letter; partial: most of its sentences; near: the most similar stretch. */
  kind: "exact" | "partial" | "near";
  ranges: MatchRange[];
}

/** Text reduced to what survives layout: letters and digits in one case, each with the place it came from. */
interface Skeleton {
  text: string;
  items: number[];
  starts: number[];
  ends: number[];
}

const meaningful = /[\p{L}\p{N}]/u;

/**
 * Finds a quotation in the text items of a page (or of neighbouring pages, one after the other).
 *
 * The server's extractor and the page's renderer disagree on white space, hyphens at line ends, ligatures and
 * typographic marks, so both sides are reduced to letters and digits before they are compared.
 * Answers null when nothing on the page resembles the quotation.
 */
export function matchQuote(items: readonly string[], quote: string): QuoteMatch | null {
  const page = skeletonOf(items);
  const wanted = skeletonOf([quote]).text;
  if (wanted.length < 3 || page.text.length === 0) return null;
  const at = page.text.indexOf(wanted);
  if (at >= 0) return { kind: "exact", ranges: rangesOf(page, at, at + wanted.length) };
  return partialMatch(page, quote, wanted.length) ?? nearMatch(items, quote);
}

function skeletonOf(items: readonly string[]): Skeleton {
  const skeleton: Skeleton = { text: "", items: [], starts: [], ends: [] };
  const parts: string[] = [];
  items.forEach((item, index) => {
    let offset = 0;
    for (const character of item) {
      const end = offset + character.length;
      // One character may become several (ﬁ → fi, ² → 2, İ → i + dot): each keeps the place of the one.
      for (const piece of character.normalize("NFKD").toLowerCase()) {
        if (!meaningful.test(piece)) continue;
        parts.push(piece);
        for (let unit = 0; unit < piece.length; unit += 1) {
          skeleton.items.push(index);
          skeleton.starts.push(offset);
          skeleton.ends.push(end);
        }
      }
      offset = end;
    }
  });
  skeleton.text = parts.join("");
  return skeleton;
}

/** The places of a stretch of the skeleton, as one range for each item that it touches. */
function rangesOf(page: Skeleton, from: number, to: number): MatchRange[] {
  const ranges: MatchRange[] = [];
  for (let index = from; index < to; index += 1) {
    const item = page.items[index] ?? 0;
    const last = ranges[ranges.length - 1];
    if (last && last.item === item) last.end = Math.max(last.end, page.ends[index] ?? 0);
    else ranges.push({ item, start: page.starts[index] ?? 0, end: page.ends[index] ?? 0 });
  }
  return ranges;
}

/** Sentence by sentence: a passage may be broken by a page's foot, a table or a figure. */
function partialMatch(page: Skeleton, quote: string, length: number): QuoteMatch | null {
  const pieces = quote.split(/(?<=[.!?;:])\s+|\n+/).map((piece) => skeletonOf([piece]).text).filter((piece) => piece.length >= 18);
  let found = 0;
  let from = 0;
  const ranges: MatchRange[] = [];
  for (const piece of pieces) {
    let at = page.text.indexOf(piece, from);
    if (at < 0) at = page.text.indexOf(piece);
    if (at < 0) continue;
    ranges.push(...rangesOf(page, at, at + piece.length));
    found += piece.length;
    from = at + piece.length;
  }
  return ranges.length > 0 && found >= Math.min(length * 0.25, 120) ? { kind: "partial", ranges: merged(ranges) } : null;
}

interface Word {
  text: string;
  item: number;
  start: number;
  end: number;
}

/** The stretch with as many words as the quotation that shares the most of them; at least half. */
function nearMatch(items: readonly string[], quote: string): QuoteMatch | null {
  const wanted = wordsOf([quote]).map((word) => word.text);
  const words = wordsOf(items);
  const width = Math.min(wanted.length, words.length);
  if (width < 4) return null;
  const budget = new Map<string, number>();
  for (const word of wanted) budget.set(word, (budget.get(word) ?? 0) + 1);
  const inside = new Map<string, number>();
  let shared = 0;
  let best = { shared: 0, at: 0 };
  words.forEach((word, index) => {
    const seen = (inside.get(word.text) ?? 0) + 1;
    inside.set(word.text, seen);
    if (seen <= (budget.get(word.text) ?? 0)) shared += 1;
    const gone = words[index - width];
    if (gone) {
      const before = inside.get(gone.text) ?? 0;
      if (before <= (budget.get(gone.text) ?? 0)) shared -= 1;
      inside.set(gone.text, before - 1);
    }
    if (shared > best.shared) best = { shared, at: Math.max(0, index - width + 1) };
  });
  if (best.shared < wanted.length * 0.5) return null;
  const stretch = words.slice(best.at, best.at + width);
  const known = new Set(wanted);
  while (stretch.length > 0 && !known.has(stretch[0]?.text ?? "")) stretch.shift();
  while (stretch.length > 0 && !known.has(stretch[stretch.length - 1]?.text ?? "")) stretch.pop();
  return { kind: "near", ranges: merged(stretch.map(({ item, start, end }) => ({ item, start, end }))) };
}

function wordsOf(items: readonly string[]): Word[] {
  const words: Word[] = [];
  items.forEach((item, index) => {
    for (const match of item.matchAll(/[\p{L}\p{N}]+/gu)) {
      const start = match.index ?? 0;
      const word = match[0] ?? "";
      words.push({ text: skeletonOf([word]).text, item: index, start, end: start + word.length });
    }
  });
  return words;
}

/** One range for each item, from its first to its last hit when they are close. */
function merged(ranges: MatchRange[]): MatchRange[] {
  const sorted = [...ranges].sort((a, b) => a.item - b.item || a.start - b.start);
  const result: MatchRange[] = [];
  for (const range of sorted) {
    const last = result[result.length - 1];
    if (last && last.item === range.item && range.start <= last.end + 3) last.end = Math.max(last.end, range.end);
    else result.push({ ...range });
  }
  return result;
}
