import { RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { documents, DocumentPageText, Figure } from "../api/documents";
import { describe } from "../api/errors";
import { Loading, Problem } from "../design/Notice";
import { typeset } from "../design/math";
import { t } from "../strings/t";
import { drawMarks } from "./highlight";
import { sectionAt } from "./outlineTree";
import { SlideView, slidesOf } from "./SlideView";
import { PassageNotice } from "./PassageNotice";
import { matchQuote, QuoteMatch } from "./quoteMatch";
import { leavesOf, Paragraph, paragraphsOf } from "./paragraphs";
import { secondOf } from "../recordings/secondOf";
import { Stretch, useReadStretches } from "../speech/useReadStretches";
import { ParagraphView } from "./ParagraphView";
import type { DocumentReader } from "./ReadAloudControl";
import type { ReadingPosition } from "./readingPositions";
import { spokenTexts, stretchEnd } from "./readingText";
import { selectedStretch } from "./selectedStretch";
import { useArrival } from "./useArrival";
import { useReadingPosition } from "./useReadingPosition";
import { useSection } from "./useSection";
import { ViewerBody } from "./ViewerBody";
import type { ViewerProps } from "./ViewerProps";

/** From the top of the view to the line that one reads, in CSS pixels. */
const eye = 96;

/** A document that is no PDF, as clean text. */
export function TextViewer({ id, title, passage, alone, contents, slides, ask, heard }: ViewerProps) {
  const [pages, setPages] = useState<DocumentPageText[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [kind, setKind] = useState<QuoteMatch["kind"] | "missing" | null>(null);
  const found = heard?.found;
  const article = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const paragraphs = useMemo(() => (pages ?? []).flatMap(paragraphsOf), [pages]);
  const figures = useMemo(() => figureNumbers(paragraphs), [paragraphs]);
  const { entries } = contents;
  const [seen, setSeen] = useState<number | null>(null);
  const { section, choose } = useSection(scroller, seen);

  useEffect(() => {
    const controller = new AbortController();
    setProblem(null);
    readPages(id, controller.signal).then(setPages, (error: unknown) => {
      if (!controller.signal.aborted) setProblem(describe(error));
    });
    return () => controller.abort();
  }, [id, attempt]);

  useEffect(() => {
    const host = article.current;
    if (!host || pages === null || passage === null) return;
    const elements = [...host.querySelectorAll<HTMLElement>("[data-leaf]")];
    const leaves = paragraphs.flatMap(leavesOf);
    elements.forEach((element, index) => {
      if (leaves[index]?.math) element.classList.remove("marked");
      else element.replaceChildren(leaves[index]?.text ?? "");
    });
    if (passage.texts.length === 0) return setKind(null);
    const texts = leaves.map((leaf) => leaf.text);
    const matches = passage.texts.map((text) => matchQuote(texts, text));
    const match = matches.find((each) => each?.kind === "exact") ?? matches.find((each) => each !== null) ?? null;
    setKind(match?.kind ?? "missing");
    if (!match) return;
    // A formula is marked as a whole.
    const whole = match.ranges.filter(({ item }) => leaves[item]?.math).map(({ item }) => elements[item]);
    for (const element of whole) element?.classList.add("marked");
    const start = match.ranges[0];
    const second = start ? secondOf(paragraphOf(paragraphs, start.item)?.leaves[0]?.text ?? "") : null;
    if (start && second !== null) found?.(second, texts[start.item]?.slice(start.start) ?? "");
    const first = drawMarks(elements, match.ranges.filter(({ item }) => !leaves[item]?.math)) ?? whole[0];
    first?.scrollIntoView({ block: "center" });
  }, [pages, paragraphs, passage, found]);

  useEffect(() => {
    if (article.current) typeset(article.current);
  }, [paragraphs]);

  useEffect(() => {
    const host = scroller.current;
    if (!host || entries.length === 0) return undefined;
    const look = () => {
      const paragraph = paragraphs[topmost(paragraphElements(host), host.getBoundingClientRect().top + eye)];
      setSeen(paragraph ? sectionAt(entries, paragraph.page, paragraph.offset) : null);
    };
    look();
    host.addEventListener("scroll", look, { passive: true });
    return () => host.removeEventListener("scroll", look);
  }, [paragraphs, entries]);

  const led = passage !== null && passage.texts.length > 0;
  const lookAtPosition = useCallback(() => (scroller.current ? { page: 1, fraction: scroller.current.scrollTop / scroller.current.scrollHeight } : null), []);
  const goToPosition = useCallback(({ fraction }: ReadingPosition) => {
    if (scroller.current) scroller.current.scrollTop = fraction * scroller.current.scrollHeight;
  }, []);
  useReadingPosition({ id: alone ? id : null, scroller, ready: pages !== null && passage !== null, led, look: lookAtPosition, go: goToPosition });

  useArrival(scroller, alone, pages !== null);

  const goToHeading = (index: number) => {
    const host = scroller.current;
    const entry = entries[index];
    if (!host || !entry) return;
    const at = paragraphs.findIndex(({ page, offset }) => page === entry.page && offset >= entry.offset);
    const element = paragraphElements(host)[at];
    if (!element) return;
    host.scrollTop += element.getBoundingClientRect().top - host.getBoundingClientRect().top - eye / 3;
    choose(index);
  };

  const goToFigure = ({ number }: Figure) => {
    const host = scroller.current;
    const element = host ? paragraphElements(host)[paragraphs.findIndex((paragraph) => figures.get(paragraph) === number)] : undefined;
    if (host && element) host.scrollTop += element.getBoundingClientRect().top - host.getBoundingClientRect().top - eye / 3;
  };
  const shown = (paragraph: Paragraph, index: number) => {
    const number = figures.get(paragraph);
    return <ParagraphView key={index} paragraph={paragraph} figure={number === undefined ? null : { id, number }} hear={heard?.hear} hearLabel={heard?.label} />;
  };

  const readStretches = useReadStretches(`document:${id}`);
  const reader = useMemo(() => (heard || paragraphs.length === 0 ? null : textReader(`document:${id}`, scroller, paragraphs, readStretches)), [id, heard, paragraphs, readStretches]);

  if (problem) return <div className="viewer-state"><Problem action={{ label: t("viewer.tryAgain"), run: () => setAttempt(attempt + 1) }}>{problem}</Problem></div>;
  if (pages === null) return <Loading label={t("viewer.opening")} />;
  return (
    <>
      <PassageNotice search={kind === null ? "none" : kind === "missing" ? "missing" : "found"} kind={kind === "missing" ? null : kind} page={null} />
      <ViewerBody title={title} contents={contents} ready section={section} go={goToHeading} goFigure={goToFigure} ask={ask} reader={reader}>
        <div className="text-scroller" ref={scroller} tabIndex={0} role="region" aria-label={t("viewer.textOf", { title })}>
          <article ref={article} className={slides ? "document-text document-slides" : "document-text"}>
            {slides ? slidesOf(paragraphs).map((slide) => <SlideView key={slide.number} slide={slide} shown={shown} />) : paragraphs.map(shown)}
            {paragraphs.length === 0 ? <p>{t("viewer.noText")}</p> : null}
          </article>
        </div>
      </ViewerBody>
    </>
  );
}

function textReader(of: string, scroller: RefObject<HTMLElement>, paragraphs: readonly Paragraph[], read: ReturnType<typeof useReadStretches>): DocumentReader {
  const elements = (first: number, end: number) => (scroller.current ? paragraphElements(scroller.current).slice(first, end) : []);
  const from = (first: number) => {
    let at = first;
    const next = (): Stretch | null => {
      for (let text = ""; at < paragraphs.length;) {
        const [begin, end] = [at, stretchEnd(paragraphs, at)];
        at = end;
        text = spokenTexts(paragraphs.slice(begin, end));
        if (text !== "") return { text, elements: () => elements(begin, end) };
      }
      return null;
    };
    const stretch = next();
    if (stretch) read(stretch, () => Promise.resolve(next()));
  };
  return {
    of,
    read: () => {
      const host = scroller.current;
      if (host) from(host.scrollTop < eye ? 0 : topmost(paragraphElements(host), host.getBoundingClientRect().top + eye));
    },
    readSelection: () => {
      const stretch = selectedStretch(() => (scroller.current ? [scroller.current] : []));
      if (stretch) read(stretch);
    },
  };
}

/** The paragraph in which a leaf stands. */
function paragraphOf(paragraphs: readonly Paragraph[], leaf: number): Paragraph | undefined {
  let count = 0;
  return paragraphs.find((paragraph) => (count += leavesOf(paragraph).length) > leaf);
}

/** The numbers that the server gives figures: as they come. */
function figureNumbers(paragraphs: readonly Paragraph[]): ReadonlyMap<Paragraph, number> {
  const figures = paragraphs.filter(({ kind }) => kind === "figure");
  return new Map(figures.map((paragraph, index) => [paragraph, index + 1]));
}

/** The elements of the paragraphs, in their order. */
function paragraphElements(host: HTMLElement): HTMLElement[] {
  return [...host.querySelectorAll<HTMLElement>("[data-paragraph]")];
}

/** The last of the elements that begins at or above a line of the window; the first if none does. Each begins below the one before. */
function topmost(elements: readonly HTMLElement[], line: number): number {
  let low = 0;
  let high = elements.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((elements[middle]?.getBoundingClientRect().top ?? Infinity) <= line) low = middle;
    else high = middle - 1;
  }
  return low;
}

async function readPages(id: string, signal: AbortSignal): Promise<DocumentPageText[]> {
  const first = await documents.pages(id, 1, 100, signal);
  const pages = [...first.data];
  for (let page = 2; page <= first.pagination.pages; page += 1) pages.push(...(await documents.pages(id, page, 100, signal)).data);
  return pages;
}
