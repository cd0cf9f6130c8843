import { PDFDocumentProxy, textItems } from "./openPDF";
import type { Passage } from "./usePassage";
import { MatchRange, matchQuote, QuoteMatch } from "./quoteMatch";

export interface Located {
  kind: QuoteMatch["kind"];
  page: number;
  /** Ranges by page number. */
  ranges: Map<number, MatchRange[]>;
}

/** Finds a passage from the page that it is said to begin on, looking over to the next, then to the one before. */
export async function locatePassage(pdf: PDFDocumentProxy, passage: Passage): Promise<Located | null> {
  const start = Math.min(Math.max(passage.page ?? 1, 1), pdf.numPages);
  const spans = [[start], [start, start + 1], [start - 1, start]].map((span) => span.filter((page) => page >= 1 && page <= pdf.numPages));
  let best: Located | null = null;
  for (const text of passage.texts) {
    for (const span of spans) {
      const located = await locate(pdf, span, text);
      if (located?.kind === "exact") return located;
      if (located && (best === null || rank[located.kind] > rank[best.kind])) best = located;
    }
    if (best) return best;
  }
  return null;
}

const rank = { exact: 2, partial: 1, near: 0 };

async function locate(pdf: PDFDocumentProxy, span: number[], text: string): Promise<Located | null> {
  const pages = await Promise.all(span.map(async (number) => {
    const page = await pdf.getPage(number);
    return { number, items: textItems(await page.getTextContent()) };
  }));
  const match = matchQuote(pages.flatMap((page) => page.items), text);
  if (match === null) return null;
  const ranges = new Map<number, MatchRange[]>();
  let offset = 0;
  for (const { number, items } of pages) {
    const from = offset;
    const here = match.ranges.filter((range) => range.item >= from && range.item < from + items.length);
    if (here.length > 0) ranges.set(number, here.map((range) => ({ ...range, item: range.item - from })));
    offset += items.length;
  }
  const [page] = [...ranges.keys()].sort((a, b) => a - b);
  return page === undefined ? null : { kind: match.kind, page, ranges };
}
