import { conversations } from "../api/conversations";
import { tellFailure } from "../design/toastStore";
import { openSheet } from "../frame/sheets";
import { conversationList } from "./conversationsStore";

/** Opens the dialog of a new quiz on what a conversation is about. */
export async function setUpQuiz(talk: string, topic: string | null): Promise<void> {
  try {
    const conversation = conversationList.get().items.find(({ id }) => id === talk) ?? (await conversations.get(talk));
    const about = new URLSearchParams();
    if (conversation.course_id) about.set("course", conversation.course_id);
    if (conversation.document_ids?.length) about.set("documents", conversation.document_ids.join(","));
    if (topic !== null) about.set("topic", topic);
    openSheet("new-quiz", about.toString());
  } catch (error) {
    tellFailure(error);
  }
}
