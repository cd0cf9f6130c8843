import { useCallback, useEffect, useRef, useState } from "react";
import type { Citation, Message, Offer } from "../api/conversations";
import { Icon } from "../design/Icon";
import { ReadingMonster } from "../design/Monster";
import { Loading, Problem } from "../design/Notice";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { MessageView } from "./MessageView";
import { setUpQuiz } from "./setUpQuiz";
import type { Thread } from "./Thread";
import { useFollowedEnd } from "./useFollowedEnd";
import { useNamedMessage } from "./useNamedMessage";

interface ThreadViewProps {
  thread: Thread;
  open: (citation: Citation) => void;
  showSources: (message: Message) => void;
  /** The source that stands open beside the thread: its answer and its number. */
  shown: { message: string; number: number } | null;
}

export function ThreadView({ thread, open, showSources, shown }: ThreadViewProps) {
  const state = useStore(thread.store);
  const { messages, activity } = state;
  const regenerate = useCallback((message: Message) => void thread.regenerate(message), [thread]);
  const lastID = messages[messages.length - 1]?.id;
  const { scroller, inner, away, toEnd } = useFollowedEnd(messages);
  useNamedMessage(thread, scroller);
  const take = useCallback((offer: Offer) => {
    // It is made, not asked: its dialog knows what the conversation is about.
    if (offer.kind === "quiz") return void setUpQuiz(thread.id, offer.topic ?? null);
    // The button goes; whoever pressed it stays in the conversation.
    scroller.current?.focus({ preventScroll: true });
    return void thread.take(offer);
  }, [thread, scroller]);
  const setUp = useCallback((topic: string | null) => void setUpQuiz(thread.id, topic), [thread]);
  const changed = useCallback((message: Message) => thread.replace(message), [thread]);
  const ask = useCallback((question: string) => {
    scroller.current?.focus({ preventScroll: true });
    void thread.send(question);
  }, [thread, scroller]);

  if (state.phase === "gone") {
    return (
      <div className="thread">
        <div className="empty">
          <ReadingMonster />
          <h2>{t("chat.gone")}</h2>
          <p>{t("chat.goneWhy")}</p>
          <div className="actions"><Link className="button primary" to={paths.talk()}>{t("chat.askNew")}</Link></div>
        </div>
      </div>
    );
  }
  return (
    <div className="thread" ref={scroller} tabIndex={0} role="group" aria-label={t("chat.messages")}>
      <div className="thread-inner" ref={inner}>
        {state.phase === "loading" ? <Loading label={t("chat.openingTalk")} /> : null}
        {state.earlier === "none" ? null : (
          <button type="button" className="button quiet earlier" disabled={state.earlier === "coming"} onClick={() => void thread.loadEarlier()}>
            {state.earlier === "coming" ? t("chat.readingEarlier") : t("chat.showEarlier")}
          </button>
        )}
        {messages.map((message, index) => (
          <MessageView
            key={message.id} message={message} asked={message.role === "assistant" ? messages[index - 1]?.content ?? "" : ""} found={message.status === "streaming" ? state.found : null}
            waiting={message.status === "streaming" && activity === "waiting"} last={message.id === lastID}
            current={shown && shown.message === message.id ? shown.number : null}
            widened={isWidened(message, messages.slice(index + 1))}
            busy={activity !== "idle"} open={open} showSources={showSources} regenerate={regenerate} take={take} ask={ask} changed={changed} setUp={setUp}
          />
        ))}
        {state.unsent === null ? null : (
          <article className="question unsent" aria-label={t("chat.unsent")}>
            <p dir="auto">{state.unsent}</p>
            <div className="unsent-row" role="status">
              <span><Icon name="alert" size={16} /> {t("chat.unsent")}</span>
              <button type="button" className="button" onClick={() => thread.sendAgain()} disabled={activity !== "idle"}><Icon name="retry" size={18} /> {t("chat.sendAgain")}</button>
              <button type="button" className="button quiet" onClick={() => thread.takeBack()}>{t("chat.takeBack")}</button>
            </div>
          </article>
        )}
        {state.problem ? <Problem {...(state.unsent === null ? { action: { label: t("chat.reload"), run: () => void thread.load() } } : {})}>{state.problem}</Problem> : null}
      </div>
      {away ? (
        <button type="button" className="button to-end" onClick={toEnd}><Icon name="down" size={18} /> {t("chat.latest")}</button>
      ) : null}
      <Announcer activity={activity} last={messages[messages.length - 1]} />
    </div>
  );
}

/** Whether what an answer offers to ask of all documents was asked so since. */
function isWidened({ offers }: Message, later: readonly Message[]): boolean {
  const offer = offers?.find(({ kind }) => kind === "ask_all");
  return offer !== undefined && later.some(({ scope, content }) => scope === "all" && content === offer.question);
}

/** Tells a screen reader where the answer stands; reading each word as it comes would drown it. */
function Announcer({ activity, last }: { activity: string; last: Message | undefined }) {
  const [text, setText] = useState("");
  const before = useRef(activity);
  useEffect(() => {
    if (activity === "waiting") setText(t("chat.saidWaiting"));
    else if (activity === "searching") setText(t("chat.saidLooking"));
    else if (activity === "writing") setText(t("chat.saidWriting"));
    else if (before.current !== "idle" && last?.role === "assistant") setText(`${endText(last)} ${last.content}`);
    before.current = activity;
  }, [activity, last]);
  return <p className="visually-hidden" role="status">{text}</p>;
}

function endText({ status, citations }: Message): string {
  if (status === "stopped") return t("chat.stopped");
  return citations.length === 0 ? t("chat.completeUncited") : t("chat.complete", { count: citations.length });
}
