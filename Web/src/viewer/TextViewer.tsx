import { useEffect, useMemo, useRef, useState } from "react";
import { documents, DocumentPageText } from "../api/documents";
import { describe } from "../api/errors";
import { Loading, Problem } from "../design/Notice";
import { drawMarks } from "./highlight";
import { PassageNotice } from "./PassageNotice";
import { matchQuote, QuoteMatch } from "./quoteMatch";
import { paragraphsOf, Paragraph } from "./paragraphs";
import type { Passage } from "./usePassage";

/** A document that is no PDF, as clean text. */
export function TextViewer({ id, title, passage }: { id: string; title: string; passage: Passage | null }) {
  const [pages, setPages] = useState<DocumentPageText[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [kind, setKind] = useState<QuoteMatch["kind"] | "missing" | null>(null);
  const article = useRef<HTMLElement>(null);
  const paragraphs = useMemo(() => (pages ?? []).flatMap(paragraphsOf), [pages]);

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
    const elements = [...host.querySelectorAll<HTMLElement>("[data-paragraph]")];
    elements.forEach((element, index) => element.replaceChildren(paragraphs[index]?.text ?? ""));
    if (passage.texts.length === 0) return setKind(null);
    const texts = paragraphs.map((paragraph) => paragraph.text);
    const matches = passage.texts.map((text) => matchQuote(texts, text));
    const match = matches.find((each) => each?.kind === "exact") ?? matches.find((each) => each !== null) ?? null;
    setKind(match?.kind ?? "missing");
    if (match) drawMarks(elements, match.ranges)?.scrollIntoView({ block: "center" });
  }, [pages, paragraphs, passage]);

  if (problem) return <div className="viewer-state"><Problem action={{ label: "Try again", run: () => setAttempt(attempt + 1) }}>{problem}</Problem></div>;
  if (pages === null) return <Loading label="Opening the document" />;
  return (
    <>
      <PassageNotice search={kind === null ? "none" : kind === "missing" ? "missing" : "found"} kind={kind === "missing" ? null : kind} page={null} />
      <div className="text-scroller" tabIndex={0} role="region" aria-label={`Text of ${title}`}>
        <article ref={article} className="document-text">
          {paragraphs.map((paragraph, index) => <ParagraphView key={index} paragraph={paragraph} />)}
          {paragraphs.length === 0 ? <p>This document has no text.</p> : null}
        </article>
      </div>
    </>
  );
}

function ParagraphView({ paragraph }: { paragraph: Paragraph }) {
  const { text, kind, level, marker } = paragraph;
  if (kind === "heading") return level <= 1 ? <h2 data-paragraph>{text}</h2> : level === 2 ? <h3 data-paragraph>{text}</h3> : <h4 data-paragraph>{text}</h4>;
  if (kind === "item") {
    return <div className="text-item" data-level={Math.min(level, 3)}><span>{marker}</span><p data-paragraph>{text}</p></div>;
  }
  if (kind === "table") return <pre data-paragraph>{text}</pre>;
  return <p data-paragraph>{text}</p>;
}

async function readPages(id: string, signal: AbortSignal): Promise<DocumentPageText[]> {
  const first = await documents.pages(id, 1, 100, signal);
  const pages = [...first.data];
  for (let page = 2; page <= first.pagination.pages; page += 1) pages.push(...(await documents.pages(id, page, 100, signal)).data);
  return pages;
}
