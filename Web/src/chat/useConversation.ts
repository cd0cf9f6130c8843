import { useEffect, useState } from "react";
import { Conversation, conversations } from "../api/conversations";
import { useStore } from "../state/useStore";
import { conversationList } from "./conversationsStore";

/** A conversation by its id: from the list, or asked for where it is older than what the list holds. Null while unknown. */
export function useConversation(id: string | null): Conversation | null {
  const { items, phase } = useStore(conversationList);
  const listed = id === null ? null : items.find((item) => item.id === id) ?? null;
  const [asked, setAsked] = useState<Conversation | null>(null);
  const missing = id !== null && listed === null && phase === "ready";
  useEffect(() => {
    if (!missing || id === null) return undefined;
    let stopped = false;
    conversations.get(id).then((found) => !stopped && setAsked(found), () => undefined);
    return () => {
      stopped = true;
    };
  }, [id, missing]);
  return listed ?? (asked?.id === id ? asked : null);
}
