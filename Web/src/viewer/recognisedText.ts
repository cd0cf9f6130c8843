import { documents, RecognisedPage } from "../api/documents";
import type { PDFDocumentProxy, PDFPageProxy, PageViewport, TextContent } from "./openPDF";

/**
 * Gives the pages of a PDF that the server read from their pictures the words that it made out there, each at its place: so they are
 * found, marked, selected and read aloud as those of any other page.
 */
export function withRecognisedText(pdf: PDFDocumentProxy, id: string, isRecognised: (page: number) => boolean, signal: AbortSignal): PDFDocumentProxy {
  const getPage = pdf.getPage.bind(pdf);
  const contents = new Map<number, Promise<TextContent>>();
  pdf.getPage = async (number) => {
    const page = await getPage(number);
    if (!isRecognised(number)) return page;
    page.getTextContent = () => {
      const known = contents.get(number) ?? textOf(page, id, number, signal);
      contents.set(number, known);
      known.catch(() => contents.delete(number));
      return known;
    };
    return page;
  };
  return pdf;
}

async function textOf(page: PDFPageProxy, id: string, number: number, signal: AbortSignal): Promise<TextContent> {
  return contentOf(await documents.words(id, number, signal), page.getViewport({ scale: 1 }));
}

/** A line's depth below its letters' feet, as a share of its height. */
const descent = 0.22;

/** The words as pdf.js has those of a page: in the file's own coordinates, which may be turned against what is seen. */
export function contentOf(recognised: RecognisedPage, viewport: PageViewport): TextContent {
  const [across, down] = [viewport.width / recognised.width, viewport.height / recognised.height];
  const items = recognised.lines.flatMap(({ words }) => words.map((word, index) => {
    const next = words[index + 1];
    // The space behind a word is its own, so that a mark runs through it.
    const reaches = next !== undefined && next.left > word.left && next.left < word.right + (word.bottom - word.top) * 2;
    const height = Math.max(1, (word.bottom - word.top) * down);
    const left = word.left * across;
    const foot = word.bottom * down - height * descent;
    const [x, y] = viewport.convertToPdfPoint(left, foot);
    const [alongX, alongY] = viewport.convertToPdfPoint(left + height, foot);
    const [upX, upY] = viewport.convertToPdfPoint(left, foot - height);
    return {
      str: next === undefined ? word.text : `${word.text} `,
      dir: "ltr",
      width: ((reaches && next !== undefined ? next.left : word.right) - word.left) * across,
      height,
      transform: [alongX - x, alongY - y, upX - x, upY - y, x, y],
      fontName: "recognised",
      hasEOL: next === undefined,
    };
  }));
  return { items, styles: { recognised: { fontFamily: "sans-serif", ascent: 1 - descent, descent: -descent, vertical: false } } };
}
