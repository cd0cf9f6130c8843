import { useEffect } from "react";
import { draftKey, quoteInDraft } from "../asking/drafts";
import type { PanelTabProps } from "../frame/Area";
import { readPassage } from "../routing/paths";
import { useStore } from "../state/useStore";
import { DocumentViewer } from "../viewer/DocumentViewer";
import { t } from "../strings/t";
import { threadFor } from "./conversationsStore";
import { focusQuestion } from "./focusQuestion";
import { noteDocument } from "./lastBeside";
import { openSource, sourceAt } from "./openSource";
import { SourceTour } from "./SourceTour";
import { noThread } from "./Thread";

/** The document that a source opened, at its page, and the way to the answer's other sources. */
export default function DocumentTab({ place, about, beside, close }: PanelTabProps) {
  const talk = place.params["talk"] ?? null;
  const { messages } = useStore((talk === null ? null : threadFor(talk))?.store ?? noThread);
  const { query } = place;
  const at = sourceAt(query);
  const answer = messages.find((message) => message.id === at?.answer);
  const cited = answer?.citations.find((citation) => citation.number === at?.number && citation.document_id === about);
  const key = query.toString();
  useEffect(() => {
    if (talk === null || about === null) return;
    const kept = new URLSearchParams(key);
    noteDocument(talk, { id: about, parameters: Object.fromEntries(["page", "chunk", "source", "answer"].map((name) => [name, kept.get(name)])) });
  }, [talk, about, key]);
  if (about === null) return null;
  const quote = (words?: string) => {
    if (words !== undefined) quoteInDraft(draftKey({ talk }), words);
    if (!beside) close();
    focusQuestion();
  };
  const tour = answer && cited && answer.citations.length > 1 ? <SourceTour citations={answer.citations} current={cited.number} show={(citation) => openSource(place, citation, answer.id)} /> : null;
  // The tour stands outside the document: who steps on it stays on its button when another document comes.
  return (
    <div className="document-tab">
      {tour && cited ? <div className="tour-bar"><span>{t("chat.sourceNumber", { number: cited.number })}</span>{tour}</div> : null}
      <DocumentViewer key={about} id={about} passage={readPassage(query)} quote={cited?.quote ?? null} beside={{ close }} ask={quote} />
    </div>
  );
}
