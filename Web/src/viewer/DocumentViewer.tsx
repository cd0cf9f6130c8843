import { lazy, Suspense, useCallback, useEffect, useId, useRef, useState } from "react";
import { documents, failureText, isBusy, LibraryDocument, pageCount } from "../api/documents";
import { APIError, describe } from "../api/errors";
import { draftKey, quoteInDraft } from "../asking/drafts";
import { askAbout } from "../asking/scope";
import { Icon } from "../design/Icon";
import { ReadingMonster } from "../design/Monster";
import { Loading, Problem } from "../design/Notice";
import { count } from "../design/text";
import { useMediaQuery } from "../design/useMediaQuery";
import { isPDF } from "../library/DocumentRow";
import { download } from "../library/download";
import { Link } from "../routing/Link";
import { navigate, useLocation } from "../routing/location";
import { paths, PassageTarget } from "../routing/paths";
import { recallContents, rememberContents } from "./contentsChoice";
import { useOutline } from "./useOutline";
import { usePassage } from "./usePassage";
import { TextViewer } from "./TextViewer";

// pdf.js is large; who reads Markdown need not wait for it.
const PDFViewer = lazy(() => import("./PDFViewer"));

interface ViewerProps {
  id: string;
  passage: PassageTarget;
  /** Present where the viewer stands beside something else. */
  close?: () => void;
  back?: (() => void) | undefined;
  onTitle?: (title: string) => void;
  /** Begins a question about selected words beside the viewer; on a page of its own the viewer leads to one. */
  ask?: ((words: string) => void) | undefined;
}

export function DocumentViewer({ id, passage, close, back, onTitle, ask }: ViewerProps) {
  const [document, setDocument] = useState<LibraryDocument | null>(null);
  const [problem, setProblem] = useState<{ text: string; gone: boolean } | null>(null);
  const [attempt, setAttempt] = useState(0);
  const from = useCameFrom();
  const target = usePassage(id, passage);
  const title = useRef<HTMLHeadingElement>(null);
  const beside = close !== undefined;
  const spacious = useMediaQuery("(min-width: 70rem)");
  const entries = useOutline(id, document?.status === "completed");
  const contentsID = useId();
  const [contentsOpen, setContentsOpen] = useState(() => !beside && spacious && recallContents());
  const showContents = useCallback((open: boolean) => {
    setContentsOpen(open);
    if (!beside && spacious) rememberContents(open);
  }, [beside, spacious]);
  const hideContents = useCallback(() => showContents(false), [showContents]);

  useEffect(() => {
    const controller = new AbortController();
    const look = () => documents.get(id, controller.signal).then((answer) => {
      setDocument(answer);
      onTitle?.(answer.title);
    }, (error: unknown) => {
      if (controller.signal.aborted) return;
      const gone = error instanceof APIError && (error.status === 404 || error.status === 422);
      setProblem({ text: describe(error), gone });
      if (gone) onTitle?.("Not found");
    });
    setProblem(null);
    void look();
    return () => controller.abort();
  }, [id, onTitle, attempt]);
  useEffect(() => {
    // Who steps from source to source stays on the button that does it.
    if (beside && !globalThis.document.activeElement?.closest(".source-tour")) title.current?.focus({ preventScroll: true });
  }, [beside, document === null]);

  const leave = close ? <button type="button" className="button" onClick={close}>Close</button> : <Link className="button" to={from.address}>{from.label}</Link>;
  const Gone = beside ? "h2" : "h1";
  if (problem?.gone) {
    return (
      <div className="viewer-gone">
        <div className="empty">
          <ReadingMonster />
          <Gone>This document is not here</Gone>
          <p role="alert">{problem.text} It was deleted, or it belongs to someone else.</p>
          <div className="actions">{leave}</div>
        </div>
      </div>
    );
  }
  if (problem) {
    return (
      <div className="viewer-state">
        <Problem action={{ label: "Try again", run: () => setAttempt(attempt + 1) }}>{problem.text}</Problem>
        {leave}
      </div>
    );
  }
  if (!document) return <Loading label="Opening the document" />;
  const pages = pageCount(document);
  const Heading = beside ? "h2" : "h1";
  // One heading is the title again.
  const hasContents = entries.length > 1;
  const contents = { id: contentsID, entries, open: hasContents && contentsOpen, close: hideContents };
  const askHere = beside ? ask : (words: string) => goAndAsk(document, words);
  return (
    <div className="viewer">
      <header className="viewer-head">
        {back ? <button type="button" className="icon-button" onClick={back} aria-label="Back to the sources" title="Back to the sources"><Icon name="back" /></button> : null}
        {beside ? null : <Link to={from.address} className="icon-button" aria-label={from.label} title={from.label}><Icon name="back" /></Link>}
        <div className="viewer-title">
          <Heading ref={title} tabIndex={-1} dir="auto" title={document.title}>{document.title}</Heading>
          <p>{[document.subject, pages ? count(pages, "page") : null].filter(Boolean).join(" · ")}</p>
        </div>
        {hasContents ? (
          <button
            type="button" className="icon-button contents-button" aria-label="Contents" title="Contents" aria-expanded={contents.open}
            aria-controls={contentsID} onClick={() => showContents(!contents.open)}
          >
            <Icon name="list" />
          </button>
        ) : null}
        {beside ? (
          <Link to={paths.document(id, passage)} state={globalThis.history.state as unknown} className="icon-button" aria-label="Open on a page of its own" title="Open on a page of its own"><Icon name="expand" /></Link>
        ) : (
          <>
            <button type="button" className="icon-button" onClick={() => void download(document)} aria-label="Download the original" title="Download the original"><Icon name="download" /></button>
            <button
              type="button" className="button viewer-ask" aria-label={`Ask about ${document.title}`}
              onClick={() => goAndAsk(document)}
            >
              <Icon name="chat" size={18} /> <span>Ask</span>
            </button>
          </>
        )}
        {close ? <button type="button" className="icon-button only-wide" onClick={close} aria-label="Close the document" title="Close the document"><Icon name="close" /></button> : null}
      </header>
      {document.status === "failed" ? <div className="viewer-state"><Problem>{failureText(document)}</Problem></div> : null}
      {isPDF(document) ? (
        <Suspense fallback={<Loading label="Opening the document" />}><PDFViewer id={id} title={document.title} passage={target} alone={!beside} contents={contents} ask={askHere} /></Suspense>
      ) : isBusy(document) ? (
        <div className="viewer-state"><p>This document is still being read. Its text will be here when it is ready.</p></div>
      ) : document.status === "completed" ? (
        <TextViewer id={id} title={document.title} passage={target} alone={!beside} contents={contents} ask={askHere} />
      ) : null}
    </div>
  );
}

/** Begins a conversation about a document, with words of it in the question. */
function goAndAsk(document: LibraryDocument, words?: string): void {
  askAbout([document]);
  if (words !== undefined) quoteInDraft(draftKey(null), words);
  navigate(paths.chat());
}

/** The list that the document was opened from: the search that found it, or the library. */
function useCameFrom(): { address: string; label: string } {
  const { state } = useLocation();
  const from = typeof state === "object" && state !== null ? (state as Record<string, unknown>)["from"] : null;
  return typeof from === "string" ? { address: from, label: "Back to the search" } : { address: paths.library, label: "Back to the library" };
}
