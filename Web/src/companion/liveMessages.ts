import { t } from "../strings/t";

export type TalkState = "connecting" | "listening" | "thinking" | "speaking" | "muted" | "lost";

/** What the server says in a live talk, besides sound. */
export type LiveMessage =
  | { type: "state"; state: "listening" | "thinking" | "speaking" | "muted" }
  | { type: "partial" | "heard"; text: string }
  | { type: "sentence"; text: string; number: number }
  | { type: "spoken"; number: number }
  | { type: "answer"; text: string; message_id?: string; image_url?: string }
  | { type: "interrupted" }
  | { type: "notice" | "error"; text: string; code: string };

/** One turn as captions show it. */
export interface Caption {
  said: string;
  answer: string;
  picture: string | null;
}

export interface Captions {
  turns: readonly Caption[];
  /** What is being said just now, as far as it is understood. */
  partial: string;
  notice: string | null;
}

export const noCaptions: Captions = { turns: [], partial: "", notice: null };

/** The captions after a message. */
export function captioned(before: Captions, message: LiveMessage): Captions {
  const last = before.turns[before.turns.length - 1];
  const change = (part: Partial<Caption>): Captions => (last ? { ...before, turns: [...before.turns.slice(0, -1), { ...last, ...part }] } : before);
  switch (message.type) {
    case "partial":
      return { ...before, partial: message.text };
    case "heard":
      return { turns: [...before.turns, { said: message.text, answer: "", picture: null }], partial: "", notice: null };
    case "sentence":
      return change({ answer: `${last?.answer ?? ""}${last?.answer ? " " : ""}${message.text.trim()}` });
    case "answer":
      return change({ picture: message.image_url ?? null, ...(last?.answer === "" ? { answer: message.text } : {}) });
    case "notice":
    case "error":
      return { ...before, notice: noticeOf(message) };
    case "state":
    case "spoken":
    case "interrupted":
      return before;
  }
}

/** Sound of the server: the number of its sentence, and its samples. */
export function soundOf(bytes: ArrayBuffer): { number: number; samples: Int16Array } {
  const even = (bytes.byteLength - 4) & ~1;
  return { number: new DataView(bytes).getUint32(0, true), samples: new Int16Array(bytes.slice(4, 4 + even)) };
}

/** What is down, in the page's language; what else went wrong, as the server says it. */
function noticeOf({ code, text }: { code: string; text: string }): string {
  if (code === "recognition_unavailable") return t("companion.noRecognition");
  if (code === "speech_unavailable") return t("companion.noSpeech");
  return text;
}
