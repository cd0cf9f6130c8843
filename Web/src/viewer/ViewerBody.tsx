import { ReactNode, useRef } from "react";
import type { Figure } from "../api/documents";
import { makeCard } from "../cards/draft";
import { noteOfWords } from "../notes/noteOfWords";
import { Icon } from "../design/Icon";
import { t } from "../strings/t";
import { Contents, ContentsSetting } from "./Contents";
import { DocumentReader, ReadAloudControl } from "./ReadAloudControl";
import { useReadAloudKeys } from "./useReadAloudKeys";
import { useSelectedWords } from "./useSelectedWords";
import { useWidth } from "./useWidth";

interface BodyProps {
  /** Of the document. */
  title: string;
  contents: ContentsSetting;
  /** There is a document to go about in. */
  ready: boolean;
  /** The entry whose section is in view. */
  section: number | null;
  go: (index: number) => void;
  goFigure: (figure: Figure) => void;
  /** Begins a question about selected words. */
  ask: (words?: string) => void;
  /** Reads it aloud; null where that is not offered. */
  reader: DocumentReader | null;
  children: ReactNode;
}

/** With less room than this, in CSS pixels, the contents lie over the document. */
const roomy = 860;

/** A document with its table of contents beside it, or over it where it is narrow. */
export function ViewerBody({ title, contents, ready, section, go, goFigure, ask, reader, children }: BodyProps) {
  const body = useRef<HTMLDivElement>(null);
  const width = useWidth(body);
  const words = useSelectedWords(body);
  useReadAloudKeys(body, reader);
  return (
    <div className="viewer-body" ref={body}>
      {contents.open && ready && width > 0 ? <Contents setting={contents} over={width < roomy} section={section} go={go} goFigure={goFigure} /> : null}
      {children}
      {words ? (
        <div className="selection-actions">
          <button type="button" className="button" onClick={() => ask(words)}><Icon name="chat" size={18} /> {t("viewer.askSelection")}</button>
          {reader ? <button type="button" className="button" onClick={reader.readSelection}><Icon name="speaker" size={18} /> {t("viewer.readSelection")}</button> : null}
          <button type="button" className="button" onClick={() => makeCardOf(words, contents.documentID, title)}><Icon name="cards" size={18} /> {t("viewer.cardOfSelection")}</button>
          <button type="button" className="button" onClick={() => void noteOfWords(words, contents.documentID, title, pageOfSelection())}><Icon name="pencil" size={18} /> {t("viewer.noteOfSelection")}</button>
        </div>
      ) : null}
      {reader && ready ? <ReadAloudControl reader={reader} /> : null}
    </div>
  );
}

/** The words are what the card answers with; what they answer to, the student writes. */
function makeCardOf(words: string, document: string, title: string): void {
  const page = pageOfSelection();
  makeCard({ front: "", back: words, course: null, source: { document_id: document, quote: words, title, ...(page > 0 ? { page } : {}) } });
}

/** 0 where the document has no pages. */
function pageOfSelection(): number {
  const start = getSelection()?.getRangeAt(0).startContainer.parentElement?.closest<HTMLElement>("[data-page]")?.dataset["page"];
  return Number(start) || 0;
}
