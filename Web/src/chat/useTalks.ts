import { useCallback, useEffect, useState } from "react";
import { Conversation, conversations } from "../api/conversations";
import { describe } from "../api/errors";
import { useStore } from "../state/useStore";
import { conversationList, ConversationsState, loadConversations, loadMoreConversations } from "./conversationsStore";

interface Talks extends ConversationsState {
  loadMore: () => void;
  reload: () => void;
}

const step = 50;
/** After this many milliseconds without a letter the server is asked. */
const rest = 150;

/** All conversations, from the list that is there anyway; those of a course or with a word in the title are asked for. */
export function useTalks(text: string, course: string | null): Talks {
  const all = useStore(conversationList);
  const limited = text !== "" || course !== null;
  const [found, setFound] = useState<ConversationsState>({ phase: "loading", items: [], total: 0, problem: null });
  const [page, setPage] = useState(1);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => setPage(1), [text, course]);
  useEffect(() => {
    if (!limited) {
      if (conversationList.get().phase !== "ready") void loadConversations();
      return undefined;
    }
    const controller = new AbortController();
    const look = () => conversations.list(page, step, { text, course }, controller.signal).then(
      ({ data, pagination }) => setFound((before) => ({ phase: "ready", items: page === 1 ? data : joined(before.items, data), total: pagination.total, problem: null })),
      (error: unknown) => {
        if (!controller.signal.aborted) setFound((before) => ({ ...before, phase: "failed", problem: describe(error) }));
      },
    );
    const timer = window.setTimeout(() => void look(), text === "" ? 0 : rest);
    return () => {
      window.clearTimeout(timer);
      controller.abort();
    };
    // What happens to any conversation may concern these.
  }, [text, course, page, limited, attempt, all.items]);
  const loadMore = useCallback(() => (limited ? setPage((before) => before + 1) : void loadMoreConversations()), [limited]);
  const reload = useCallback(() => (limited ? setAttempt((before) => before + 1) : void loadConversations()), [limited]);
  return { ...(limited ? found : all), loadMore, reload };
}

function joined(before: readonly Conversation[], more: readonly Conversation[]): Conversation[] {
  const known = new Set(before.map((item) => item.id));
  return [...before, ...more.filter((item) => !known.has(item.id))];
}
