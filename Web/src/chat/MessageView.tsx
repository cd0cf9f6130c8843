import { memo } from "react";
import type { Citation, Message, Offer } from "../api/conversations";
import { CardDraft, makeCard } from "../cards/draft";
import { copyText } from "../design/clipboard";
import { Icon } from "../design/Icon";
import { MonsterMark } from "../design/Monster";
import { Problem } from "../design/Notice";
import { saveNote } from "../notes/saveNote";
import { Link } from "../routing/Link";
import { paths, withQuery } from "../routing/paths";
import { ListenButton } from "../speech/ListenButton";
import { t } from "../strings/t";
import { Answer } from "./Answer";
import { FollowUps } from "./FollowUps";
import { Offers } from "./Offers";
import { PrintedSources } from "./PrintedSources";
import { Proposal } from "./Proposal";
import { textWithSources } from "./textWithSources";

interface MessageProps {
  message: Message;
  /** What it answers. */
  asked: string;
  found: number | null;
  /** Others are answered first. */
  waiting: boolean;
  /** The number whose source is open, if it is one of this answer's. */
  current: number | null;
  last: boolean;
  /** Its question was asked of all documents since. */
  widened: boolean;
  busy: boolean;
  open: (citation: Citation) => void;
  showSources: (message: Message) => void;
  regenerate: (message: Message) => void;
  take: (offer: Offer) => void;
  ask: (question: string) => void;
  changed: (message: Message) => void;
  setUp: (topic: string | null) => void;
}

export const MessageView = memo(function MessageView(props: MessageProps) {
  const { message } = props;
  if (message.role === "user") {
    return (
      <article className="question" data-message={message.id} tabIndex={-1} aria-label={t("chat.youAsked")}>
        <p dir="auto">{message.content}</p>
        {message.scope === "all" ? <p className="question-scope"><Icon name="search" size={16} /> {t("chat.askedAll")}</p> : null}
      </article>
    );
  }
  const streaming = message.status === "streaming";
  return (
    <article className={streaming ? "reply streaming" : "reply"} aria-label={t("chat.answer")} aria-busy={streaming} data-status={message.status}>
      <MonsterMark size={26} />
      <div className="reply-body">
        {message.content === "" && streaming ? <Searching found={props.found} waiting={props.waiting} /> : null}
        <Answer id={message.id} content={message.content} citations={message.citations} current={props.current} open={props.open} />
        <PrintedSources citations={message.citations} />
        {message.status === "stopped" ? <p className="reply-note">{t("chat.youStopped")}</p> : null}
        {message.status === "failed" ? (
          <Problem action={{ label: t("chat.tryAgain"), run: () => props.regenerate(message) }}>{problemText(message)}</Problem>
        ) : null}
        {streaming || (message.status === "failed" && message.content === "") ? null : <ReplyActions {...props} />}
        {streaming ? null : <Proposal message={message} changed={props.changed} setUp={props.setUp} />}
        {streaming ? null : <Offers message={message} last={props.last} widened={props.widened} busy={props.busy} take={props.take} />}
        {props.last && message.status === "completed" && message.citations.length > 0 && !props.busy ? (
          <FollowUps message={message.id} busy={props.busy} ask={props.ask} />
        ) : null}
      </div>
    </article>
  );
});

function Searching({ found, waiting }: { found: number | null; waiting: boolean }) {
  const text = waiting ? t("chat.waiting") : found === null ? t("chat.looking") : t("chat.readingFound", { count: found });
  return <p className="reply-note searching"><span className="spinner" aria-hidden="true" />{text}…</p>;
}

function ReplyActions({ message, asked, last, busy, showSources, regenerate }: MessageProps) {
  return (
    <div className="reply-actions">
      {message.citations.length > 0 ? (
        <button type="button" className="button quiet" onClick={() => showSources(message)}>
          <Icon name="quote" size={18} /> {t("chat.sourceCount", { count: message.citations.length })}
        </button>
      ) : null}
      {message.content === "" ? null : (
        <button type="button" className="icon-button" aria-label={t("chat.copy")} title={t("chat.copyWithSources")} onClick={() => void copyText(textWithSources(message))}>
          <Icon name="copy" size={18} />
        </button>
      )}
      {message.content === "" ? null : (
        <button type="button" className="icon-button" aria-label={t("chat.makeCard")} title={t("chat.makeCard")} onClick={() => makeCard(cardOf(message, asked))}>
          <Icon name="cards" size={18} />
        </button>
      )}
      {message.content === "" ? null : (
        <button
          type="button" className="icon-button" aria-label={t("chat.saveNote")} title={t("chat.saveNote")}
          onClick={() => void saveNote({ title: asked, content: message.content, citations: message.citations.map((citation) => ({ ...citation, page: citation.page ?? undefined, section: citation.section ?? undefined })) })}
        >
          <Icon name="pencil" size={18} />
        </button>
      )}
      {message.content === "" ? null : <ListenButton of={message.id} matter={() => ({ message_id: message.id })} />}
      {last ? (
        <button
          type="button" className="icon-button" aria-label={t("chat.writeAgain")} title={t("chat.writeAgain")} disabled={busy}
          onClick={() => regenerate(message)}
        >
          <Icon name="retry" size={18} />
        </button>
      ) : null}
      {message.memories && message.memories.length > 0 ? (
        <Link className="reply-memories" to={withQuery(paths.settings("memory"), { ids: message.memories.join(",") })}>{t("chat.usedMemories", { count: message.memories.length })}</Link>
      ) : null}
    </div>
  );
}

function problemText(message: Message): string {
  return message.error ?? t("chat.notFinished");
}

/** A card that asks what was asked and answers what was answered, taken from the first source. */
function cardOf({ content, citations }: Message, asked: string): CardDraft {
  const first = citations[0];
  const source = first ? { document_id: first.document_id, chunk_id: first.chunk_id, quote: first.quote, title: first.title, ...(first.page ? { page: first.page } : {}) } : null;
  return { front: asked, back: content.replace(/\s*\[\d+\]/g, "").trim(), course: null, source };
}
