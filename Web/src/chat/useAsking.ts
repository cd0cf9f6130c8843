import { useMemo, useState } from "react";
import type { Scope } from "../asking/scope";
import { tellFailure } from "../design/toastStore";
import { useStore } from "../state/useStore";
import { startConversation, threadFor } from "./conversationsStore";
import { noThread, Thread } from "./Thread";

interface Asking {
  thread: Thread | null;
  busy: boolean;
  disabled: boolean;
  /** False when the question did not get as far as a conversation, so that it stays where it was written. */
  send: (text: string) => Promise<boolean>;
  stop: () => void;
}

/**
 * Sends questions to a conversation, or begins one with the first, as after one that was deleted elsewhere. `started` is told its
 * name before the answer begins. Without `remembers` nothing that is said in it is taken down, the first question included.
 */
export function useAsking(talk: string | null, scope: Scope, started: (thread: Thread) => void, remembers = true): Asking {
  const thread = useMemo(() => (talk === null ? null : threadFor(talk)), [talk]);
  const { activity, phase } = useStore(thread?.store ?? noThread);
  const gone = phase === "gone";
  const [starting, setStarting] = useState(false);
  const send = async (text: string): Promise<boolean> => {
    if (thread && !gone) {
      void thread.send(text);
      return true;
    }
    setStarting(true);
    try {
      const fresh = await startConversation(scope.documents.map((each) => each.id), scope.course, remembers);
      started(fresh);
      void fresh.send(text);
      return true;
    } catch (error) {
      tellFailure(error);
      return false;
    } finally {
      setStarting(false);
    }
  };
  return { thread, busy: activity !== "idle", disabled: starting || (phase !== "ready" && !gone), send, stop: () => void thread?.stop() };
}
