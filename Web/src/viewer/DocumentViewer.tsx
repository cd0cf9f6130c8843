import { lazy, Suspense, useCallback, useEffect, useId, useMemo, useRef, useState } from "react";
import { isBusy, isPDF, isPicture, isSlides, LibraryDocument, OutlineEntry, pageCount } from "../api/documents";
import { CourseTag } from "../course/CourseTag";
import { useCourse } from "../course/courseStore";
import { Icon } from "../design/Icon";
import { ReadingMonster } from "../design/Monster";
import { Loading, Problem } from "../design/Notice";
import { useMediaQuery } from "../design/useMediaQuery";
import { download } from "../library/download";
import { progressOf } from "../library/progressText";
import { allNotes, recognisedIn } from "../library/readingNotes";
import { Stages } from "../library/Stages";
import { useDocument } from "../library/useDocument";
import { useDocumentSound } from "../recordings/useDocumentSound";
import { SharedMark } from "../frame/SharedMark";
import { openSheet } from "../frame/sheets";
import { Link } from "../routing/Link";
import { location, useLocation } from "../routing/location";
import { paths, PassageTarget } from "../routing/paths";
import { t } from "../strings/t";
import { recallContents, rememberContents } from "./contentsChoice";
import { pageLabels } from "./pageLabels";
import { PictureViewer } from "./PictureViewer";
import { useFigures } from "./useFigures";
import { usePassage } from "./usePassage";
import { TextViewer } from "./TextViewer";

// pdf.js is large; who reads Markdown need not wait for it.
const PDFViewer = lazy(() => import("./PDFViewer"));

/** The headings of what has none, or is not known yet: always the same, so that nothing is drawn anew for it. */
const none: readonly OutlineEntry[] = [];

interface ViewerProps {
  id: string;
  passage: PassageTarget;
  /** The quotation that led here, where the address alone does not tell it. */
  quote?: string | null;
  /** Present where the viewer stands beside something else, or over it. */
  beside?: { close: () => void };
  onDocument?: (document: LibraryDocument) => void;
  /** Begins a question about the document, or about selected words of it. */
  ask: (words?: string) => void;
}

export function DocumentViewer({ id, passage, quote = null, beside: place, onDocument, ask }: ViewerProps) {
  const target = usePassage(id, passage, quote);
  // What an old answer cites may stand in an old version.
  const shown = target?.document ?? id;
  const { document, problem, tryAgain } = useDocument(shown);
  const title = useRef<HTMLHeadingElement>(null);
  const beside = place !== undefined;
  const isDrawn = document !== null && (passage.chunk === null || target !== null);
  const spacious = useMediaQuery("(min-width: 70rem)");
  const entries = document?.outline ?? none;
  const figures = useFigures(document?.status === "completed" ? shown : null, document?.updated_at);
  const contentsID = useId();
  const { bar, heard } = useDocumentSound(document?.media_type.startsWith("text/vtt") && !document.shared_by ? id : null);
  const [contentsOpen, setContentsOpen] = useState(() => !beside && spacious && recallContents());
  const showContents = useCallback((open: boolean) => {
    setContentsOpen(open);
    if (!beside && spacious) rememberContents(open);
  }, [beside, spacious]);
  const hideContents = useCallback(() => showContents(false), [showContents]);

  useEffect(() => {
    if (document) onDocument?.(document);
  }, [document, onDocument]);
  useEffect(() => {
    // Who steps from source to source stays on the button that does it.
    if (beside && !globalThis.document.activeElement?.closest(".source-tour")) title.current?.focus({ preventScroll: true });
  }, [beside, isDrawn]);

  const notesKnown = JSON.stringify(document?.notes ?? []);
  // Each answer of the server is a new object, and a PDF must not be opened anew for it.
  const recognised = useMemo(() => (document ? recognisedIn(document) : () => false), [notesKnown]);
  const labelsKnown = JSON.stringify(document?.page_labels ?? []);
  const labels = useMemo(() => pageLabels(document?.page_labels ?? [], document?.page_count ?? 0), [labelsKnown, document?.page_count]);
  const from = useCameFrom(document);
  const leave = place ? <button type="button" className="button" onClick={place.close}>{t("viewer.close")}</button> : <Link className="button" to={from.address}>{from.label}</Link>;
  const Gone = beside ? "h2" : "h1";
  if (problem?.gone) {
    return (
      <div className="viewer-gone">
        <div className="empty">
          <ReadingMonster />
          <Gone>{t("viewer.gone")}</Gone>
          <p role="alert">{t("viewer.goneWhy", { problem: problem.text })}</p>
          <div className="actions">{leave}</div>
        </div>
      </div>
    );
  }
  if (problem) {
    return (
      <div className="viewer-state">
        <Problem action={{ label: t("viewer.tryAgain"), run: tryAgain }}>{problem.text}</Problem>
        {leave}
      </div>
    );
  }
  if (!document || !isDrawn) return <Loading label={t("viewer.opening")} />;
  const pages = pageCount(document);
  // The file itself is shown while its text is made.
  const hasOwnPages = isPDF(document) || isPicture(document);
  const notes = document.status === "completed" ? allNotes(document) : [];
  const Heading = beside ? "h2" : "h1";
  // One heading is the title again.
  const hasContents = entries.length > 1 || figures.length > 0;
  const pageName = pages === null ? null : (page: number) => labels.of(page) ?? String(page);
  const contents = { id: contentsID, documentID: shown ?? "", entries, figures, pageName, open: hasContents && contentsOpen, close: hideContents };
  const viewed = { id: shown, title: document.title, passage: target, alone: !beside, recognised, contents, labels, slides: isSlides(document), ask, heard };
  return (
    <section className="viewer">
      <header className="viewer-head">
        {beside ? null : <Link to={from.address} className="icon-button" aria-label={from.label} title={from.label}><Icon name="back" /></Link>}
        <div className="viewer-title">
          <Heading ref={title} tabIndex={-1} dir="auto" title={document.title}>{document.title}</Heading>
          <p><CourseTag id={document.course_id} /><SharedMark by={document.shared_by?.name} count={document.shared_with} />{pages ? <span>{t("library.pages", { count: pages })}</span> : null}</p>
        </div>
        {hasContents ? (
          <button
            type="button" className="icon-button contents-button" aria-label={t("viewer.contents")} title={t("viewer.contents")} aria-expanded={contents.open}
            aria-controls={contentsID} onClick={() => showContents(!contents.open)}
          >
            <Icon name="list" />
          </button>
        ) : null}
        <button type="button" className="icon-button" onClick={() => openSheet("details", document.id)} aria-label={t("library.details")} title={t("library.details")}><Icon name="info" /></button>
        {place ? (
          <>
            <Link to={paths.document(id, passage)} state={location.get().state} className="icon-button" aria-label={t("viewer.ownPage")} title={t("viewer.ownPage")}><Icon name="expand" /></Link>
          </>
        ) : (
          <>
            {document.shared_by || document.version_of ? null : <button type="button" className="icon-button" onClick={() => openSheet("share-document", document.id)} aria-label={t("library.share")} title={t("library.share")}><Icon name="people" /></button>}
            <button type="button" className="icon-button" onClick={() => void download(document)} aria-label={t("viewer.download")} title={t("viewer.download")}><Icon name="download" /></button>
            <button type="button" className="button viewer-ask" aria-label={t("viewer.askAbout", { title: document.title })} onClick={() => ask()}><Icon name="chat" size={18} /> <span>{t("viewer.ask")}</span></button>
          </>
        )}
      </header>
      {document.version_of ? (
        <p className="reading-notes version-note" role="status">
          <Icon name="clock" size={16} />
          <span>{document.latest_version === document.version ? t("viewer.earlierReading") : t("viewer.oldVersion", { version: document.version, latest: document.latest_version ?? document.version })}</span>
          <Link to={paths.document(document.version_of)}>{t("viewer.openNewest")}</Link>
        </p>
      ) : null}
      {document.status === "failed" || document.status === "cancelled" ? <div className="viewer-state"><Stages document={document} /></div> : null}
      {isBusy(document) && hasOwnPages ? <details className="reading-notes"><summary><Icon name="clock" size={16} /> {progressOf(document).text}</summary><Stages document={document} /></details> : null}
      {notes.length === 1 ? <p className="reading-notes"><Icon name="alert" size={16} /> {notes[0]}</p> : null}
      {notes.length > 1 ? (
        <details className="reading-notes">
          <summary><Icon name="alert" size={16} /> {t("viewer.readingNotes", { count: notes.length })}</summary>
          <ul>{notes.map((note) => <li key={note}>{note}</li>)}</ul>
        </details>
      ) : null}
      {bar}
      {isPDF(document) ? (
        <Suspense fallback={<Loading label={t("viewer.opening")} />}><PDFViewer key={shown} {...viewed} /></Suspense>
      ) : isPicture(document) ? (
        <PictureViewer key={shown} id={shown} title={document.title} passage={target} recognised={recognised} figures={figures} pages={document.media_type === "image/tiff" ? document.page_count ?? 1 : null} />
      ) : isBusy(document) ? (
        <div className="viewer-state"><p>{t("viewer.stillRead")}</p><Stages document={document} /></div>
      ) : document.status === "completed" ? (
        <TextViewer key={shown} {...viewed} />
      ) : null}
    </section>
  );
}

/** The list that the document was opened from: the search that found it, its course, or the library. */
function useCameFrom(document: LibraryDocument | null): { address: string; label: string } {
  const { state } = useLocation();
  const course = useCourse(document?.course_id);
  const from = typeof state === "object" && state !== null ? (state as Record<string, unknown>)["from"] : null;
  if (typeof from === "string") return { address: from, label: t("viewer.backToSearch") };
  return course ? { address: paths.course(course.id, "sources"), label: t("viewer.backTo", { name: course.name }) } : { address: document?.shared_by ? `${paths.library}?shared=1` : paths.library, label: t("viewer.backToLibrary") };
}
