import type { ServerSentEvent } from "../api/serverSentEvents";
import type { Citation, Message } from "../api/conversations";
import { t } from "../strings/t";

/** What an answer's stream says so far. */
export interface AnswerState {
  message: Message;
  /** Passages that retrieval found; null before it has looked. */
  found: number | null;
  /** Others are answered first. */
  waiting: boolean;
  /** The stream has said its last word. */
  done: boolean;
}

export function newAnswer(id: string): AnswerState {
  return { message: { id, role: "assistant", content: "", citations: [], status: "streaming" }, found: null, waiting: false, done: false };
}

/** The state after one more event. Unknown events change nothing, so that an older page works with a newer server. */
export function applyAnswerEvent(state: AnswerState, event: ServerSentEvent): AnswerState {
  const data = parse(event.data);
  if (data === null) return state;
  const { message } = state;
  switch (event.event) {
    case "message.started":
    case "message.restarted": {
      // A stream that begins again tells everything again.
      const id = textOf(data["message_id"]) ?? textOf(data["id"]) ?? message.id;
      return { message: { ...message, id, content: "", citations: [], offers: [], status: "streaming", error: undefined }, found: null, waiting: false, done: false };
    }
    case "message.waiting":
      return { ...state, waiting: true };
    case "retrieval":
      return { ...state, found: foundIn(data), waiting: false };
    case "delta":
      return { ...state, waiting: false, message: { ...message, content: message.content + (textOf(data["text"]) ?? "") } };
    case "citation":
      return { ...state, message: { ...message, citations: withCitation(message.citations, data as unknown as Citation) } };
    case "message.completed": {
      const full = (typeof data["message"] === "object" && data["message"] !== null ? data["message"] : data) as Partial<Message>;
      return {
        ...state,
        done: true,
        message: {
          ...message,
          content: full.content ?? message.content,
          citations: full.citations ?? message.citations,
          offers: full.offers ?? [],
          proposal: full.proposal,
          status: full.status ?? "completed",
        },
      };
    }
    case "error":
      return { ...state, done: true, message: { ...message, status: "failed", error: textOf(data["message"]) ?? t("chat.notFinished") } };
    default:
      return state;
  }
}

function withCitation(list: Citation[], citation: Citation): Citation[] {
  return [...list.filter((each) => each.number !== citation.number), citation].sort((a, b) => a.number - b.number);
}

function foundIn(data: Record<string, unknown>): number {
  const list = data["passages"] ?? data["data"] ?? data["results"];
  if (Array.isArray(list)) return list.length;
  const number = data["count"] ?? data["passages"];
  return typeof number === "number" ? number : 0;
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
