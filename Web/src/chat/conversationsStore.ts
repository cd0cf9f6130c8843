import { live } from "../api/connection";
import { Conversation, conversations } from "../api/conversations";
import { LiveList } from "../api/LiveList";
import { recountCourses } from "../course/courseStore";
import { UndoableDeletion } from "../design/UndoableDeletion";
import type { LiveEvent } from "../events/liveEvents";
import { dropRecent, offerRecents, renameRecent } from "../frame/recents";
import { paths } from "../routing/paths";
import { forgetLastBeside } from "./lastBeside";
import { Thread } from "./Thread";
import { titleOf } from "./titleOf";

/** What a list of conversations is limited to. */
export interface TalkFilter {
  /** Part of the title; empty for any. */
  text: string;
  /** null for any. */
  course: string | null;
}

export type TalkListing = LiveList<Conversation, TalkFilter>;

const step = 50;
/** All lists of conversations that follow what happens. */
const lists = new Set<TalkListing>();

/** A list of conversations, the latest first, that follows what happens until it is closed. */
export function openTalkList(): TalkListing {
  const list: TalkListing = new LiveList<Conversation, TalkFilter>({
    read: (page, filter, signal, after) => conversations.list(page, step, filter, signal, after),
    filter: { text: "", course: null },
    domain: "conversation",
    grows: true,
    isLimited: ({ text }) => text !== "",
    fits: (conversation, { course }) => course === null || (conversation.course_id ?? null) === course,
    order: (a, b) => b.updated_at.localeCompare(a.updated_at),
  });
  lists.add(list);
  return list;
}

export function closeTalkList(list: TalkListing): void {
  lists.delete(list);
  list.forget();
}

const all = openTalkList();

export const conversationList = all.store;

// The latest of them stand among what was touched last.
all.store.subscribe(() => {
  const { phase, items } = all.store.get();
  if (phase !== "ready") return;
  offerRecents("talk", items.slice(0, 5).map((each) => ({
    kind: "talk", id: each.id, title: titleOf(each), to: paths.talk(each.course_id, each.id), course: each.course_id ?? null,
    time: Date.parse(each.updated_at) || 0,
  })));
});

const threads = new Map<string, Thread>();

export const loadConversations = () => all.load();

/** Reads the next stretch of older conversations. */
export const loadMoreConversations = () => all.more();

export function threadFor(id: string): Thread {
  const known = threads.get(id);
  if (known) return known;
  // The server may have named the conversation after its first question; where it cannot tell, it is asked.
  const thread = new Thread(id, () => live.get() || void loadConversations());
  threads.set(id, thread);
  return thread;
}

/** Brings an event of the server into the lists and the conversations that are open. */
export function applyToConversations(event: LiveEvent): void {
  for (const list of lists) list.apply(event);
  switch (event.type) {
    case "resync":
      for (const thread of threads.values()) void thread.refresh();
      return undefined;
    case "conversation.updated":
      return renameRecent("talk", event.payload.id, titleOf(event.payload));
    case "conversation.deleted":
      dropRecent("talk", event.payload.id);
      // Deleted elsewhere: what is open here says so.
      return conversationDeletion.leaving.get().has(event.payload.id) ? undefined : void threads.get(event.payload.id)?.load();
    case "chat.message.completed": {
      // An answer that another tab or device has asked for is shown too.
      const thread = threads.get(event.payload.conversation_id);
      return thread?.has(event.payload.message_id) ? undefined : void thread?.refresh();
    }
    default:
      return undefined;
  }
}

export async function startConversation(documentIDs: string[], course: string | null, remembers: boolean): Promise<Thread> {
  const conversation = await conversations.create(documentIDs, course, remembers);
  if (course !== null) recountCourses();
  for (const list of lists) list.place(conversation);
  const thread = threadFor(conversation.id);
  thread.begin();
  return thread;
}

export function placeConversation(conversation: Conversation): void {
  for (const list of lists) list.change(conversation.id, conversation);
  renameRecent("talk", conversation.id, titleOf(conversation));
}

export const conversationDeletion = new UndoableDeletion({
  async remove(id) {
    await conversations.remove(id);
    threads.get(id)?.close();
    threads.delete(id);
    dropRecent("talk", id);
    for (const list of lists) list.remove(id);
  },
  after: () => undefined,
});

export function forgetConversations(): void {
  for (const thread of threads.values()) thread.close();
  threads.clear();
  conversationDeletion.forget();
  forgetLastBeside();
  all.forget();
}
