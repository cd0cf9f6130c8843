import { memo, useEffect, useLayoutEffect, useRef, useState } from "react";
import { t } from "../strings/t";
import { clearMarks, drawMarks } from "./highlight";
import { PDFDocumentProxy, renderTextLayer } from "./openPDF";
import { GoTo, linksOf } from "./pageLinks";
import { Region } from "./Region";
import type { MatchRange } from "./quoteMatch";

interface PageViewProps {
  pdf: PDFDocumentProxy;
  number: number;
  /** In CSS pixels for one point. */
  scale: number;
  /** In points; the first page's until this one is known. */
  size: { width: number; height: number };
  near: boolean;
  ranges: MatchRange[] | undefined;
  /** Called with the first mark once it is drawn. */
  marked: (mark: HTMLElement) => void;
  measured: (number: number, size: { width: number; height: number }) => void;
  goTo: GoTo;
  /** What the document calls the page, where that is not its number. */
  label: string | null;
  /** A stretch of the page to be looked at: left, top, right and bottom in points. */
  region: readonly number[] | null;
}

/** A page: its picture, and its text invisibly above it for selecting, reading aloud and highlighting. */
export const PageView = memo(function PageView({ pdf, number, scale, size, near, ranges, marked, measured, goTo, label, region }: PageViewProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  /** The text's elements once they stand; the marks come and go on them without the page being drawn again. */
  const [text, setText] = useState<HTMLElement[] | null>(null);

  useEffect(() => {
    const host = frame.current;
    if (!near || !host) return undefined;
    let stopped = false;
    let stop = () => {};
    const canvas = document.createElement("canvas");
    const layer = document.createElement("div");
    layer.className = "text-layer";
    const draw = async () => {
      const page = await pdf.getPage(number);
      if (stopped) return;
      const natural = page.getViewport({ scale: 1 });
      measured(number, { width: natural.width, height: natural.height });
      const viewport = page.getViewport({ scale });
      const density = Math.min(window.devicePixelRatio || 1, 2);
      canvas.width = Math.floor(viewport.width * density);
      canvas.height = Math.floor(viewport.height * density);
      const context = canvas.getContext("2d");
      if (!context) throw new Error("no canvas");
      const task = page.render({ canvasContext: context, viewport, transform: [density, 0, 0, density, 0, 0] });
      stop = () => task.cancel();
      // Awaited below; a page that is left earlier cancels it, which is no error.
      task.promise.catch(() => undefined);
      const content = await page.getTextContent();
      if (stopped) return;
      const textDivs: HTMLElement[] = [];
      host.replaceChildren(canvas, layer);
      await renderTextLayer({ textContent: content, container: layer, viewport, textDivs }).promise;
      if (stopped) return;
      setText(textDivs);
      await task.promise;
      setFailed(false);
      // Without its links the page is still worth reading.
      const links = await linksOf(pdf, page, viewport, goTo).catch(() => []);
      if (stopped || links.length === 0) return;
      const linkLayer = document.createElement("div");
      linkLayer.className = "link-layer";
      linkLayer.append(...links);
      host.append(linkLayer);
    };
    draw().catch(() => {
      if (!stopped) setFailed(true);
    });
    return () => {
      stopped = true;
      stop();
      setText(null);
      host.replaceChildren();
      // Gives the picture's memory back at once.
      canvas.width = 0;
    };
  }, [pdf, number, scale, near, measured, goTo]);

  // Before the browser paints, so that a step from one mark to the next does not flicker.
  useLayoutEffect(() => {
    if (text === null) return;
    clearMarks(text);
    const mark = ranges ? drawMarks(text, ranges) : null;
    if (mark) marked(mark);
  }, [text, ranges, marked]);

  return (
    <div className="pdf-page" data-page={number} role="group" aria-label={t("viewer.pageNumber", { number: label ?? number })} style={{ width: size.width * scale, height: size.height * scale }}>
      <div ref={frame} />
      {region ? <Region box={region} scale={scale} /> : null}
      {failed ? <p className="pdf-page-problem">{t("viewer.notDrawn")}</p> : null}
    </div>
  );
});
