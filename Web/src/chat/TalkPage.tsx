import { useCallback, useEffect, useRef, useState } from "react";
import { draftKey } from "../asking/drafts";
import { nextScope, Scope } from "../asking/scope";
import { Citation, conversations, Message } from "../api/conversations";
import { CourseTag } from "../course/CourseTag";
import { Icon } from "../design/Icon";
import { tellFailure } from "../design/toastStore";
import type { Place } from "../frame/Area";
import { openPanel } from "../frame/panel";
import { bringPanelBack, panelsPutAway } from "../frame/panelChoice";
import { noteVisit } from "../frame/recents";
import { openSheet } from "../frame/sheets";
import { Link } from "../routing/Link";
import { location, navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { Composer } from "./Composer";
import { placeConversation } from "./conversationsStore";
import { FirstQuestions } from "./FirstQuestions";
import { openSource, sourceAt } from "./openSource";
import { ScopePicker } from "./ScopePicker";
import { TalksSheet } from "./TalksSheet";
import { ThreadView } from "./ThreadView";
import { titleOf } from "./titleOf";
import { useAsking } from "./useAsking";
import { useConversation } from "./useConversation";
import { useScopeTitles } from "./useScopeTitles";
import { useThread } from "./useThread";

/** Questions and answers. Their sources, and the documents that these open, stand in the panel beside the page. */
export function TalkPage({ place }: { place: Place }) {
  const talk = place.params["talk"] ?? null;
  const course = place.params["course"] ?? null;
  const known = useConversation(talk);
  const title = talk === null ? t("chat.place") : known ? titleOf(known) : t("chat.talk");
  const input = useRef<HTMLTextAreaElement>(null);
  const heading = usePage(title, { focus: talk === null, target: input });
  const draftScope = useStore(nextScope);
  const conversationDocuments = useScopeTitles(known?.document_ids ?? []);
  const scope: Scope = talk === null ? draftScope : { course: known?.course_id ?? course, documents: conversationDocuments };
  const [remembers, setRemembers] = useState(true);
  const { thread, send, ...asking } = useAsking(talk, scope, (fresh) => {
    nextScope.set({ course: null, documents: [] });
    navigate(paths.talk(scope.course, fresh.id), { replace: true });
  }, remembers);
  // The wish is for one conversation.
  useEffect(() => setRemembers(true), [talk]);
  useThread(thread);
  const sourcesAway = useStore(panelsPutAway).has("sources");

  // A question below a course is asked of the course.
  useEffect(() => {
    if (talk === null && course !== null) nextScope.set((before) => (before.course === course ? before : { course, documents: [] }));
  }, [talk, course]);
  useEffect(() => {
    if (!known) return;
    const home = paths.talk(known.course_id, known.id);
    noteVisit({ kind: "talk", id: known.id, title: titleOf(known), to: home, course: known.course_id ?? null });
    const { path, query, state } = location.get();
    // A conversation stands below its course, whatever led here.
    if (path !== home && path.endsWith(`/talk/${known.id}`)) navigate(query === "" ? home : `${home}?${query}`, { replace: true, state });
  }, [known]);

  const changeScope = (next: Scope) => {
    if (talk === null) return nextScope.set(next);
    const change = { document_ids: next.documents.length > 0 ? next.documents.map((each) => each.id) : null, course_id: next.course };
    conversations.change(talk, change).then(placeConversation, (error: unknown) => tellFailure(error));
  };
  const open = useCallback((citation: Citation) => {
    const answer = thread?.store.get().messages.find((message) => message.citations.includes(citation));
    openSource(placeNow(), citation, answer?.id ?? null);
  }, [thread]);
  const showSources = useCallback((message: Message) => openPanel("sources", null, { answer: message.id, page: null, chunk: null, source: null }), []);
  const at = sourceAt(place.query);
  const opened = place.query.get("panel")?.startsWith("document") ?? false;

  return (
    <div className="chat">
      <section className="chat-main" aria-label={t("chat.talk")}>
        <header className="chat-head">
          <button type="button" className="icon-button" onClick={() => openSheet("talks")} aria-label={t("chat.talks")} title={t("chat.talks")}><Icon name="list" /></button>
          <div className="chat-title">
            <h1 ref={heading} tabIndex={-1} dir="auto" title={title}>{title}</h1>
            <CourseTag id={scope.course} />
            {(talk === null ? remembers : known?.remembers) === false ? <span className="chat-unremembered">{t("chat.notRemembered")}</span> : null}
          </div>
          {talk !== null && sourcesAway && !place.query.has("panel") ? (
            <button type="button" className="icon-button only-beside" onClick={() => bringPanelBack("sources")} aria-label={t("chat.showSources")} title={t("chat.showSources")}><Icon name="panel" /></button>
          ) : null}
          {talk === null ? (
            <button type="button" className="icon-button" aria-pressed={!remembers} aria-label={t("chat.dontRemember")} title={t("chat.dontRemember")} onClick={() => setRemembers(!remembers)}><Icon name={remembers ? "eye" : "eyeOff"} /></button>
          ) : null}
          <Link to={paths.live(talk, { unremembered: talk === null && !remembers })} className="icon-button" aria-label={t("chat.byVoice")} title={t("chat.byVoice")}><Icon name="microphone" /></Link>
          {talk === null ? null : <Link to={paths.talk(scope.course)} className="icon-button" aria-label={t("chat.newQuestion")} title={t("chat.newQuestion")}><Icon name="plus" /></Link>}
        </header>
        {thread ? (
          <ThreadView thread={thread} open={open} showSources={showSources} shown={opened && at ? { message: at.answer, number: at.number } : null} />
        ) : (
          <FirstQuestions scope={scope} ask={(text) => void send(text)} />
        )}
        <Composer {...asking} input={input} send={send} draft={draftKey({ talk })}>
          <ScopePicker scope={scope} change={changeScope} />
        </Composer>
      </section>
      <TalksSheet />
    </div>
  );
}

function placeNow(): Place {
  return { area: "chat", page: "talk", params: {}, query: new URLSearchParams(location.get().query) };
}
