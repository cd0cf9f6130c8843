import { memo } from "react";
import type { Citation, Message } from "../api/conversations";
import { copyText } from "../design/clipboard";
import { Icon } from "../design/Icon";
import { MonsterMark } from "../design/Monster";
import { Problem } from "../design/Notice";
import { count } from "../design/text";
import { Answer } from "./Answer";
import { PrintedSources } from "./PrintedSources";
import { textWithSources } from "./textWithSources";

interface MessageProps {
  message: Message;
  found: number | null;
  /** Others are answered first. */
  waiting: boolean;
  /** The number whose source is open, if it is one of this answer's. */
  current: number | null;
  last: boolean;
  busy: boolean;
  open: (citation: Citation) => void;
  showSources: (message: Message) => void;
  regenerate: (message: Message) => void;
}

export const MessageView = memo(function MessageView(props: MessageProps) {
  const { message } = props;
  if (message.role === "user") {
    return <article className="question" aria-label="You asked"><p dir="auto">{message.content}</p></article>;
  }
  const streaming = message.status === "streaming";
  return (
    <article className={streaming ? "reply streaming" : "reply"} aria-label="Answer" aria-busy={streaming} data-status={message.status}>
      <MonsterMark size={26} />
      <div className="reply-body">
        {message.content === "" && streaming ? <Searching found={props.found} waiting={props.waiting} /> : null}
        <Answer content={message.content} citations={message.citations} current={props.current} open={props.open} />
        <PrintedSources citations={message.citations} />
        {message.status === "stopped" ? <p className="reply-note">You stopped this answer.</p> : null}
        {message.status === "failed" ? (
          <Problem action={{ label: "Try again", run: () => props.regenerate(message) }}>{problemText(message)}</Problem>
        ) : null}
        {streaming || (message.status === "failed" && message.content === "") ? null : <ReplyActions {...props} />}
      </div>
    </article>
  );
});

function Searching({ found, waiting }: { found: number | null; waiting: boolean }) {
  const text = waiting ? "Waiting for your turn" : found === null ? "Looking through your documents" : `Reading ${count(found, "passage")}`;
  return <p className="reply-note searching"><span className="spinner" aria-hidden="true" />{text}…</p>;
}

function ReplyActions({ message, last, busy, showSources, regenerate }: MessageProps) {
  return (
    <div className="reply-actions">
      {message.citations.length > 0 ? (
        <button type="button" className="button quiet" onClick={() => showSources(message)}>
          <Icon name="quote" size={18} /> {count(message.citations.length, "source")}
        </button>
      ) : null}
      {message.content === "" ? null : (
        <button type="button" className="icon-button" aria-label="Copy the answer" title="Copy the answer with its sources" onClick={() => void copyText(textWithSources(message))}>
          <Icon name="copy" size={18} />
        </button>
      )}
      {last ? (
        <button
          type="button" className="icon-button" aria-label="Write the answer again" title="Write the answer again" disabled={busy}
          onClick={() => regenerate(message)}
        >
          <Icon name="retry" size={18} />
        </button>
      ) : null}
    </div>
  );
}

function problemText(message: Message): string {
  return message.error ?? "The answer could not be finished.";
}
