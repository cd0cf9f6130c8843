import { Conversation, conversations } from "../api/conversations";
import { describe } from "../api/errors";
import { recountCourses } from "../course/courseStore";
import { showToast } from "../design/toastStore";
import { UndoableDeletion } from "../design/UndoableDeletion";
import type { LiveEvent } from "../events/liveEvents";
import { dropRecent, offerRecents, renameRecent } from "../frame/recents";
import { paths } from "../routing/paths";
import { Store } from "../state/store";
import { forgetLastBeside } from "./lastBeside";
import { Thread } from "./Thread";
import { titleOf } from "./titleOf";

export interface ConversationsState {
  phase: "loading" | "ready" | "failed";
  items: Conversation[];
  total: number;
  problem: string | null;
}

const empty: ConversationsState = { phase: "loading", items: [], total: 0, problem: null };
const step = 50;

export const conversationList = new Store<ConversationsState>(empty);

const threads = new Map<string, Thread>();

export async function loadConversations(): Promise<void> {
  try {
    const answer = await conversations.list(1, Math.min(100, Math.max(step, conversationList.get().items.length)));
    conversationList.set({ phase: "ready", items: answer.data, total: answer.pagination.total, problem: null });
    offerRecents("talk", answer.data.slice(0, 5).map((each) => ({
      kind: "talk", id: each.id, title: titleOf(each), to: paths.talk(each.course_id, each.id), course: each.course_id ?? null,
      time: Date.parse(each.updated_at ?? each.created_at ?? "") || 0,
    })));
  } catch (error) {
    conversationList.set((state) => ({ ...state, phase: state.items.length > 0 ? "ready" : "failed", problem: describe(error) }));
  }
}

/** Reads the next stretch of older conversations. */
export async function loadMoreConversations(): Promise<void> {
  try {
    const { items } = conversationList.get();
    const answer = await conversations.list(Math.floor(items.length / step) + 1, step);
    const known = new Set(items.map((item) => item.id));
    conversationList.set((state) => ({ ...state, items: [...state.items, ...answer.data.filter((item) => !known.has(item.id))] }));
  } catch (error) {
    showToast(describe(error));
  }
}

export function threadFor(id: string): Thread {
  const known = threads.get(id);
  if (known) return known;
  // The server may have named the conversation after its first question.
  const thread = new Thread(id, () => void loadConversations());
  threads.set(id, thread);
  return thread;
}

/** Shows an answer that another tab or device has asked for. */
export function applyToConversations(event: LiveEvent): void {
  if (event.type === "resync") {
    for (const thread of threads.values()) void thread.refresh();
    return void loadConversations();
  }
  if (event.type !== "chat.message.completed") return;
  const { conversation_id: conversation, message_id: message } = event.payload;
  const thread = threads.get(conversation);
  if (thread?.has(message)) return;
  void thread?.refresh();
  void loadConversations();
}

export async function startConversation(documentIDs: string[], course: string | null): Promise<Thread> {
  const conversation = await conversations.create(documentIDs, course);
  if (course !== null) recountCourses();
  conversationList.set((state) => ({ ...state, phase: "ready", items: [conversation, ...state.items], total: state.total + 1 }));
  const thread = threadFor(conversation.id);
  thread.begin();
  return thread;
}

export function placeConversation(conversation: Conversation): void {
  conversationList.set((state) => ({
    ...state,
    items: state.items.map((item) => (item.id === conversation.id ? { ...item, ...conversation } : item)),
  }));
  renameRecent("talk", conversation.id, titleOf(conversation));
}

export const conversationDeletion = new UndoableDeletion({
  async remove(id) {
    await conversations.remove(id);
    threads.get(id)?.close();
    threads.delete(id);
    dropRecent("talk", id);
    conversationList.set((state) => ({ ...state, items: state.items.filter((item) => item.id !== id), total: state.total - 1 }));
  },
  after: () => undefined,
});

export function forgetConversations(): void {
  for (const thread of threads.values()) thread.close();
  threads.clear();
  conversationDeletion.forget();
  forgetLastBeside();
  conversationList.set(empty);
}
