import type { OutlineEntry } from "../api/documents";
import type { PDFDocumentProxy } from "./openPDF";
import { findAll } from "./quoteMatch";

/**
 * How far down its page a heading stands, from 0 to 1; null where the page's text does not hold it.
 * Its words may also stand in a sentence or at the page's head: the largest letters are the heading's.
 */
export async function locateHeading(pdf: PDFDocumentProxy, { page, title }: OutlineEntry): Promise<number | null> {
  const source = await pdf.getPage(page);
  const items = (await source.getTextContent()).items.flatMap((item) => ("str" in item ? [item] : []));
  const places = findAll(items.map((item) => item.str), title).flatMap(([first]) => items[first?.item ?? -1] ?? []);
  const [heading] = places.sort((a, b) => b.height - a.height);
  const [, , , , x, y] = heading?.transform ?? [];
  if (heading === undefined || x === undefined || y === undefined) return null;
  const viewport = source.getViewport({ scale: 1 });
  const [, top] = viewport.convertToViewportPoint(x, y + heading.height);
  return Math.max(0, Math.min(1, top / viewport.height));
}
