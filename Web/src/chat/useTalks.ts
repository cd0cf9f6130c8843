import { useCallback, useEffect, useState } from "react";
import type { Conversation } from "../api/conversations";
import type { ListState } from "../api/LiveList";
import { useStore } from "../state/useStore";
import { closeTalkList, conversationList, loadConversations, loadMoreConversations, openTalkList, TalkFilter } from "./conversationsStore";

interface Talks extends ListState<Conversation, TalkFilter> {
  loadMore: () => void;
  reload: () => void;
}

/** All conversations, from the list that is there anyway; those of a course or with a word in the title are asked for. */
export function useTalks(text: string, course: string | null): Talks {
  const all = useStore(conversationList);
  const limited = text !== "" || course !== null;
  const [own] = useState(openTalkList);
  const found = useStore(own.store);
  useEffect(() => () => closeTalkList(own), [own]);
  useEffect(() => {
    if (!limited) {
      if (conversationList.get().phase !== "ready") void loadConversations();
      return;
    }
    // Another course's rows must not pass for this one's while these are on their way.
    if (own.store.get().filter.course !== course) own.forget();
    if (text === "") void own.load(1, { text, course });
    else own.limit({ text, course });
  }, [own, text, course, limited]);
  const loadMore = useCallback(() => void (limited ? own.more() : loadMoreConversations()), [own, limited]);
  const reload = useCallback(() => void (limited ? own.load() : loadConversations()), [own, limited]);
  return { ...(limited ? found : all), loadMore, reload };
}
