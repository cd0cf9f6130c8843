import { useEffect, useRef } from "react";
import { draftKey, quoteInDraft } from "../asking/drafts";
import { handedOver } from "../asking/handedOver";
import type { Message } from "../api/conversations";
import { Icon } from "../design/Icon";
import type { PanelTabProps } from "../frame/Area";
import { openPanel } from "../frame/panel";
import { useDocument } from "../library/useDocument";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { Composer } from "./Composer";
import { FirstQuestions } from "./FirstQuestions";
import { lastTalks, noteTalk } from "./lastBeside";
import { openSource, sourceAt } from "./openSource";
import { ThreadView } from "./ThreadView";
import { titleOf } from "./titleOf";
import { useAsking } from "./useAsking";
import { useConversation } from "./useConversation";
import { useThread } from "./useThread";

/** A conversation about the document that is being read, beside it. */
export default function TalkTab({ place, about: named, beside, close }: PanelTabProps) {
  const id = place.params["id"] ?? "";
  // Asking again goes on where asking stopped, until a new question is begun.
  const last = useStore(lastTalks).get(id) ?? null;
  const about = named ?? last;
  const { document } = useDocument(id);
  const known = useConversation(about);
  const input = useRef<HTMLTextAreaElement>(null);
  const scope = { course: document?.course_id ?? null, documents: [{ id, title: document?.title ?? "" }] };
  const { thread, send, ...asking } = useAsking(about, scope, (fresh) => {
    noteTalk(id, fresh.id);
    openPanel("talk", fresh.id);
  });
  useThread(thread);
  useEffect(() => {
    if (about !== null) noteTalk(id, about);
  }, [id, about]);
  const draft = draftKey(about === null ? { document: id } : { talk: about });
  const words = useStore(handedOver);
  useEffect(() => {
    if (words === null) return;
    quoteInDraft(draft, words);
    handedOver.set(null);
    input.current?.focus({ preventScroll: true });
  }, [words, draft]);
  // The panel was opened to write in it.
  useEffect(() => {
    if (beside) input.current?.focus({ preventScroll: true });
  }, [beside]);

  const open = (citation: Message["citations"][number]) => {
    const answer = thread?.store.get().messages.find((message) => message.citations.includes(citation));
    openSource(place, citation, answer?.id ?? null);
    if (!beside) close();
  };
  const again = () => {
    noteTalk(id, null);
    openPanel("talk", null, { answer: null, source: null });
    input.current?.focus();
  };
  return (
    <div className="talk-tab">
      {about === null ? null : (
        <div className="talk-tab-head">
          <p dir="auto" title={known ? titleOf(known) : undefined}>{known ? titleOf(known) : ""}</p>
          <Link to={paths.talk(known?.course_id, about)} className="icon-button" aria-label={t("chat.ownPage")} title={t("chat.ownPage")}><Icon name="expand" size={18} /></Link>
          <button type="button" className="icon-button" onClick={again} aria-label={t("chat.newQuestion")} title={t("chat.newQuestion")}><Icon name="plus" size={18} /></button>
        </div>
      )}
      {thread ? (
        <ThreadView thread={thread} open={open} showSources={(message) => openPanel("sources", thread.id, { answer: message.id })} shown={sourceToMessage(sourceAt(place.query))} />
      ) : (
        <FirstQuestions scope={scope} ask={(text) => void send(text)} small />
      )}
      <Composer {...asking} input={input} send={send} draft={draft} placeholder={t("chat.askDocument")}>
        <span className="scope-fixed"><Icon name="page" size={18} /> <span dir="auto">{document?.title ?? ""}</span></span>
      </Composer>
    </div>
  );
}

function sourceToMessage(at: { answer: string; number: number } | null): { message: string; number: number } | null {
  return at === null ? null : { message: at.answer, number: at.number };
}
