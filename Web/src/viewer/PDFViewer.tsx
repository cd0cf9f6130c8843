import { KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Figure } from "../api/documents";
import { describe } from "../api/errors";
import { Loading, Problem } from "../design/Notice";
import { useReadStretches } from "../speech/useReadStretches";
import { t } from "../strings/t";
import { figureIn } from "./figureIn";
import { FindBar } from "./FindBar";
import { locateHeading } from "./locateHeading";
import { locatePassage, Located } from "./locatePassage";
import { openPDF, PDFDocumentProxy } from "./openPDF";
import { PageView } from "./PageView";
import { sectionAt } from "./outlineTree";
import { PassageNotice } from "./PassageNotice";
import { pdfReader } from "./pdfReader";
import type { ReadingPosition } from "./readingPositions";
import { useArrival } from "./useArrival";
import { useFind } from "./useFind";
import { useFindKey } from "./useFindKey";
import { useKeptPosition } from "./useKeptPosition";
import { usePageTracking } from "./usePageTracking";
import { useReadingPosition } from "./useReadingPosition";
import { useSection } from "./useSection";
import { useWidth } from "./useWidth";
import { ViewerBody } from "./ViewerBody";
import type { ViewerProps } from "./ViewerProps";
import { ViewerToolbar } from "./ViewerToolbar";

const letter = { width: 612, height: 792 };
const gutter = 24;

/** A PDF as its pages, one under the other, drawn as they come near. */
export default function PDFViewer({ id, title, passage, alone, recognised, contents, labels, ask }: ViewerProps) {
  const [pdf, setPDF] = useState<PDFDocumentProxy | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [sizes, setSizes] = useState<Map<number, typeof letter>>(new Map());
  const [zoom, setZoom] = useState<number | null>(null);
  const [located, setLocated] = useState<Located | null>(null);
  const [search, setSearch] = useState<"none" | "looking" | "found" | "missing">("none");
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  const { page, near, goTo, top } = usePageTracking(scroller, pdf?.numPages ?? 0);
  const goal = useRef<number | null>(null);
  const [attempt, setAttempt] = useState(0);
  const host = useRef<HTMLDivElement>(null);
  const find = useFind(pdf, page, useCallback((number: number) => {
    goal.current = number;
    goTo(number);
  }, [goTo]));
  useFindKey(host, alone, find.open);
  const { section, choose, settle } = useSection(scroller, sectionAt(contents.entries, page, 0));
  const wanted = useRef<number | null>(null);
  /** The figure that was gone to, or that the passage names. */
  const [figure, setFigure] = useState<Figure | null>(null);

  useEffect(() => {
    const controller = new AbortController();
    setPDF(null);
    setProblem(null);
    openPDF(id, recognised, controller.signal).then(async ({ pdf: opened }) => {
      const viewport = (await opened.getPage(1)).getViewport({ scale: 1 });
      setSizes(new Map([[1, { width: viewport.width, height: viewport.height }]]));
      setPDF(opened);
    }).catch((error: unknown) => {
      if (!controller.signal.aborted) setProblem(describe(error));
    });
    return () => controller.abort();
  }, [id, recognised, attempt]);

  const ready = pdf !== null && width > 0;
  useEffect(() => {
    if (!ready || passage === null) return undefined;
    let stopped = false;
    setFigure(null);
    if (passage.page !== null) goTo(passage.page);
    if (passage.texts.length === 0) {
      setSearch("none");
      setLocated(null);
      return undefined;
    }
    setSearch("looking");
    locatePassage(pdf, passage).then((result) => {
      if (stopped) return;
      goal.current = result?.page ?? null;
      setLocated(result);
      setSearch(result ? "found" : "missing");
      if (result) goTo(result.page);
    }, () => {
      if (!stopped) setSearch("missing");
    });
    return () => {
      stopped = true;
    };
  }, [ready, pdf, passage, goTo]);
  const { figures } = contents;
  useEffect(() => {
    if (located) setFigure(figureIn(figures.filter(({ box }) => box), located.page, passage?.texts[0] ?? ""));
  }, [located, figures, passage]);

  const led = passage !== null && (passage.page !== null || passage.texts.length > 0);
  const goToPosition = useCallback((position: ReadingPosition) => goTo(position.page, position.fraction), [goTo]);
  useReadingPosition({ id: alone ? id : null, scroller, ready: ready && passage !== null, led, look: top, go: goToPosition });

  useArrival(scroller, alone, ready);

  const goToHeading = (index: number) => {
    const entry = contents.entries[index];
    if (!entry || pdf === null) return;
    goal.current = null;
    wanted.current = index;
    goTo(entry.page);
    choose(index);
    locateHeading(pdf, entry).then((fraction) => {
      // Another may have been picked meanwhile.
      if (fraction === null || wanted.current !== index) return;
      goTo(entry.page, fraction);
      settle();
    }, () => undefined);
  };

  const goToFigure = (each: Figure) => {
    goal.current = null;
    wanted.current = null;
    setFigure(each);
    const height = (sizes.get(each.page) ?? sizes.get(1) ?? letter).height;
    goTo(each.page, each.box ? Math.max(0, ((each.box[1] ?? 0) - 24) / height) : 0);
  };

  const marked = useCallback((mark: HTMLElement) => {
    const number = Number(mark.closest<HTMLElement>("[data-page]")?.dataset["page"]);
    if (goal.current !== number) return;
    goal.current = null;
    mark.scrollIntoView({ block: "center", inline: "nearest" });
  }, []);
  const measured = useCallback((number: number, size: typeof letter) => {
    setSizes((before) => {
      const known = before.get(number);
      return known && known.width === size.width && known.height === size.height ? before : new Map(before).set(number, size);
    });
  }, []);

  const first = sizes.get(1) ?? letter;
  const noticed = located?.page ?? passage?.page ?? null;
  const fit = Math.max(0.2, Math.min((width - gutter) / first.width, 2));
  const scale = zoom ?? fit;
  useKeptPosition(scroller, scale, pdf !== null);
  const changeZoom = (factor: number) => setZoom(Math.max(0.25, Math.min(5, Math.round(scale * factor * 100) / 100)));

  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement || (event.target instanceof Element && event.target.closest(".contents"))) return;
    const actions: Record<string, () => void> = {
      ArrowRight: () => goTo(page + 1), n: () => goTo(page + 1), ArrowLeft: () => goTo(page - 1), p: () => goTo(page - 1),
      Home: () => goTo(1), End: () => goTo(pdf?.numPages ?? 1),
      "+": () => changeZoom(1.2), "=": () => changeZoom(1.2), "-": () => changeZoom(1 / 1.2), "0": () => setZoom(null),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };

  const readStretches = useReadStretches(`document:${id}`);
  const shownPage = useRef(page);
  shownPage.current = page;
  const reader = useMemo(() => (pdf === null ? null : pdfReader(id, pdf.numPages, scroller, shownPage, goTo, readStretches)), [id, pdf, goTo, readStretches]);

  if (problem) return <div className="viewer-state"><Problem action={{ label: t("viewer.tryAgain"), run: () => setAttempt(attempt + 1) }}>{problem}</Problem></div>;
  return (
    <div className="pdf" ref={host} onKeyDown={keys}>
      {pdf ? (
        <ViewerToolbar
          page={page} pages={pdf.numPages} labels={labels} goTo={goTo} percent={Math.round(scale * 100)} fitted={zoom === null}
          zoomIn={() => changeZoom(1.2)} zoomOut={() => changeZoom(1 / 1.2)} fit={() => setZoom(null)}
          find={find.words === null ? find.open : find.close} finding={find.words !== null}
        />
      ) : null}
      {find.words === null ? null : <FindBar find={find} />}
      <PassageNotice search={search} kind={located?.kind ?? null} page={noticed === null ? null : labels.of(noticed) ?? noticed} />
      <ViewerBody title={title} contents={contents} ready={ready} section={section} go={goToHeading} goFigure={goToFigure} ask={ask} reader={reader}>
        <div className="pdf-scroller" ref={scroller} tabIndex={0} role="region" aria-label={t("viewer.pagesOf", { title })}>
          {pdf === null ? <Loading label={t("viewer.opening")} /> : null}
          {pdf && width > 0 ? Array.from({ length: pdf.numPages }, (_, index) => (
            <PageView
              key={index} pdf={pdf} number={index + 1} scale={scale} size={sizes.get(index + 1) ?? first} near={near.has(index + 1)}
              ranges={find.words === null ? located?.ranges.get(index + 1) : find.ranges.get(index + 1)} marked={marked} measured={measured} goTo={goTo}
              label={labels.of(index + 1)} region={figure?.page === index + 1 ? figure.box ?? null : null}
            />
          )) : null}
        </div>
      </ViewerBody>
    </div>
  );
}
