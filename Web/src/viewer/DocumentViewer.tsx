import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { documents, failureText, isBusy, LibraryDocument, pageCount } from "../api/documents";
import { describe } from "../api/errors";
import { askAbout } from "../chat/scope";
import { Icon } from "../design/Icon";
import { Loading, Problem } from "../design/Notice";
import { count } from "../design/text";
import { isPDF } from "../library/DocumentRow";
import { download } from "../library/download";
import { Link } from "../routing/Link";
import { navigate } from "../routing/location";
import { paths, PassageTarget } from "../routing/paths";
import { usePassage } from "./usePassage";
import { TextViewer } from "./TextViewer";
import "./viewer.css";

// pdf.js is large; who reads Markdown need not wait for it.
const PDFViewer = lazy(() => import("./PDFViewer"));

interface ViewerProps {
  id: string;
  passage: PassageTarget;
  /** Present where the viewer stands beside something else. */
  close?: () => void;
  back?: (() => void) | undefined;
  onTitle?: (title: string) => void;
}

export function DocumentViewer({ id, passage, close, back, onTitle }: ViewerProps) {
  const [document, setDocument] = useState<LibraryDocument | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const target = usePassage(id, passage);
  const title = useRef<HTMLHeadingElement>(null);
  const beside = close !== undefined;

  useEffect(() => {
    const controller = new AbortController();
    const look = () => documents.get(id, controller.signal).then((answer) => {
      setDocument(answer);
      onTitle?.(answer.title);
    }, (error: unknown) => {
      if (!controller.signal.aborted) setProblem(describe(error));
    });
    void look();
    return () => controller.abort();
  }, [id, onTitle]);
  useEffect(() => {
    if (beside) title.current?.focus({ preventScroll: true });
  }, [beside, document === null]);

  if (problem) {
    return (
      <div className="viewer-state">
        <Problem>{problem}</Problem>
        {close ? <button type="button" className="button" onClick={close}>Close</button> : <Link className="button" to={paths.library}>Back to the library</Link>}
      </div>
    );
  }
  if (!document) return <Loading label="Opening the document" />;
  const pages = pageCount(document);
  const Heading = beside ? "h2" : "h1";
  return (
    <div className="viewer">
      <header className="viewer-head">
        {back ? <button type="button" className="icon-button" onClick={back} aria-label="Back to the sources"><Icon name="back" /></button> : null}
        {beside ? null : <Link to={paths.library} className="icon-button" aria-label="Back to the library"><Icon name="back" /></Link>}
        <div className="viewer-title">
          <Heading ref={title} tabIndex={-1}>{document.title}</Heading>
          <p>{[document.subject, pages ? count(pages, "page") : null].filter(Boolean).join(" · ")}</p>
        </div>
        {beside ? (
          <Link to={paths.document(id, passage)} state={globalThis.history.state as unknown} className="icon-button" aria-label="Open on a page of its own"><Icon name="expand" /></Link>
        ) : (
          <>
            <button type="button" className="icon-button" onClick={() => void download(document)} aria-label="Download the original"><Icon name="download" /></button>
            <button
              type="button" className="button"
              onClick={() => {
                askAbout([document]);
                navigate(paths.chat());
              }}
            >
              <Icon name="chat" size={18} /> Ask
            </button>
          </>
        )}
        {close ? <button type="button" className="icon-button only-wide" onClick={close} aria-label="Close the document"><Icon name="close" /></button> : null}
      </header>
      {document.status === "failed" ? <div className="viewer-state"><Problem>{failureText(document)}</Problem></div> : null}
      {isPDF(document) ? (
        <Suspense fallback={<Loading label="Opening the document" />}><PDFViewer id={id} title={document.title} passage={target} /></Suspense>
      ) : isBusy(document) ? (
        <div className="viewer-state"><p>This document is still being read. Its text will be here when it is ready.</p></div>
      ) : document.status === "completed" ? (
        <TextViewer id={id} title={document.title} passage={target} />
      ) : null}
    </div>
  );
}
