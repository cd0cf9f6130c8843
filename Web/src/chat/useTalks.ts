import { useCallback, useEffect, useState } from "react";
import type { Conversation } from "../api/conversations";
import type { ListState } from "../api/LiveList";
import { useStore } from "../state/useStore";
import { closeTalkList, conversationList, loadConversations, loadMoreConversations, openTalkList, TalkFilter } from "./conversationsStore";

interface Talks extends ListState<Conversation, TalkFilter> {
  loadMore: () => void;
  reload: () => void;
}

/**
 * All conversations, or those of a course, from the list that is there anyway, where that has them all or enough of them; others,
 * and those with a word in the title, are asked for.
 */
export function useTalks(text: string, course: string | null, enough = Infinity): Talks {
  const all = useStore(conversationList);
  const here = course === null ? all.items : all.items.filter((each) => (each.course_id ?? null) === course);
  const whole = all.items.length >= all.total;
  const known = course === null || all.phase === "loading" || (all.phase === "ready" && (whole || here.length >= enough));
  const limited = text !== "" || !known;
  const [own] = useState(openTalkList);
  const found = useStore(own.store);
  useEffect(() => () => closeTalkList(own), [own]);
  useEffect(() => {
    if (!limited) {
      if (conversationList.get().phase === "failed") void loadConversations();
      return;
    }
    // Another course's rows must not pass for this one's while these are on their way.
    if (own.store.get().filter.course !== course) own.forget();
    if (text === "") void own.load(1, { text, course });
    else own.limit({ text, course });
  }, [own, text, course, limited]);
  const loadMore = useCallback(() => void (limited ? own.more() : loadMoreConversations()), [own, limited]);
  const reload = useCallback(() => void (limited ? own.load() : loadConversations()), [own, limited]);
  const shown = limited ? found : course === null ? all : { ...all, items: here, total: here.length };
  return { ...shown, loadMore, reload };
}
