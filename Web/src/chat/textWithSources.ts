import type { Message } from "../api/conversations";
import { placeText } from "../asking/placeText";

/** An answer as one pastes it into notes: its numbers would say nothing without the list of what they stand for. */
export function textWithSources(message: Message): string {
  const sources = message.citations.map((citation) => `[${citation.number}] ${citation.title}${placeText(citation)}`);
  return sources.length === 0 ? message.content : `${message.content.trimEnd()}\n\nSources\n${sources.join("\n")}\n`;
}
