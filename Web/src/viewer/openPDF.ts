import * as pdfjs from "pdfjs-dist/build/pdf";
import { documents } from "../api/documents";
import { assetURL } from "../routing/base";
import { withRecognisedText } from "./recognisedText";

const firstBytes = 256 * 1024;

/**
 * Opens a PDF piece by piece with the session's own requests, so that a long book shows its first page at once
 * and a token that expires while one reads is renewed.
 *
 * @param isRecognised whether the server read a page from its picture.
 */
export async function openPDF(id: string, isRecognised: (page: number) => boolean, signal: AbortSignal): Promise<{ pdf: pdfjs.PDFDocumentProxy; close: () => void }> {
  pdfjs.GlobalWorkerOptions.workerSrc = assetURL(`assets/${PDF_WORKER}`);
  const first = await documents.file(id, { headers: { Range: `bytes=0-${firstBytes - 1}` }, signal });
  const start = new Uint8Array(await first.arrayBuffer());
  const total = first.status === 206 ? totalOf(first.headers.get("Content-Range")) : null;
  const whole = total === null || start.length >= total;
  const task = pdfjs.getDocument({
    ...(whole ? { data: start } : { range: transport(id, total, start, signal) }),
    cMapUrl: assetURL("pdf/cmaps/"),
    cMapPacked: true,
    standardFontDataUrl: assetURL("pdf/standard_fonts/"),
    // No code made from strings: the page's policy forbids it, and untrusted fonts should not get to.
    isEvalSupported: false,
    enableXfa: false,
    disableAutoFetch: true,
    rangeChunkSize: firstBytes,
  });
  const close = () => void task.destroy();
  signal.addEventListener("abort", close);
  return { pdf: withRecognisedText(await task.promise, id, isRecognised, signal), close };
}

function totalOf(contentRange: string | null): number | null {
  const match = /\/(\d+)$/.exec(contentRange ?? "");
  return match ? Number(match[1]) : null;
}

function transport(id: string, length: number, start: Uint8Array, signal: AbortSignal): pdfjs.PDFDataRangeTransport {
  const result = new pdfjs.PDFDataRangeTransport(length, start);
  result.requestDataRange = (begin, end) => {
    documents.file(id, { headers: { Range: `bytes=${begin}-${end - 1}` }, signal })
      .then((response) => response.arrayBuffer())
      .then((bytes) => result.onDataRange(begin, new Uint8Array(bytes)))
      .catch(() => undefined);
  };
  return result;
}

export type { Destination, LinkAnnotation, PageViewport, PDFDocumentProxy, PDFPageProxy, TextContent } from "pdfjs-dist/build/pdf";

export function textItems(content: pdfjs.TextContent): string[] {
  return content.items.flatMap((item) => ("str" in item ? [item.str] : []));
}

export const { renderTextLayer } = pdfjs;
