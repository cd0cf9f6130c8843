import type { Conversation } from "../api/conversations";
import { t } from "../strings/t";

export function titleOf(conversation: Conversation): string {
  return conversation.title || t("chat.untitled");
}
