import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Citation, conversations, Message } from "../api/conversations";
import { describe } from "../api/errors";
import { Icon } from "../design/Icon";
import { showToast } from "../design/toastStore";
import { useMediaQuery } from "../design/useMediaQuery";
import { live } from "../events/liveEvents";
import { navigate, useLocation } from "../routing/location";
import { paths, PassageTarget } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { useStore } from "../state/useStore";
import { Composer } from "./Composer";
import { titleOf } from "./ConversationList";
import { ConversationsButton } from "./ConversationsButton";
import { conversationList, placeConversation, startConversation, threadFor } from "./conversationsStore";
import { draftKey } from "../asking/drafts";
import { FirstQuestions } from "./FirstQuestions";
import { Panel } from "./Panel";
import { nextScope, ScopedDocument } from "../asking/scope";
import { ScopePicker } from "./ScopePicker";
import { sourceIn } from "./sourceIn";
import { noThread, Thread } from "./Thread";
import { ThreadView } from "./ThreadView";
import { useScopeTitles } from "./useScopeTitles";

interface ChatPageProps {
  conversation: string | null;
  document: string | null;
  passage: PassageTarget;
}

/** Questions and answers, with the sources beside them where there is room and in a sheet where there is not. */
export function ChatPage({ conversation, document, passage }: ChatPageProps) {
  const list = useStore(conversationList);
  const known = list.items.find((item) => item.id === conversation) ?? null;
  const title = conversation === null ? "Ask" : known ? titleOf(known) : "Conversation";
  const input = useRef<HTMLTextAreaElement>(null);
  const heading = usePage(title, { focus: conversation === null, target: input });
  const wide = useMediaQuery("(min-width: 70rem)");
  const thread = useMemo(() => (conversation === null ? null : threadFor(conversation)), [conversation]);
  const draftScope = useStore(nextScope);
  const conversationScope = useScopeTitles(known?.document_ids ?? []);
  const scope = conversation === null ? draftScope : conversationScope;
  const [shownMessage, setShownMessage] = useState<Message | null>(null);
  const [starting, setStarting] = useState(false);
  const returnTo = useRef<HTMLElement | null>(null);

  useEffect(() => {
    setShownMessage(null);
    if (thread && thread.store.get().phase !== "ready") void thread.load();
  }, [thread]);

  // Events tell of other tabs' answers; what came while there were none, or while the tab was hidden, is looked up.
  const connected = useStore(live);
  useEffect(() => {
    if (connected) void thread?.refresh();
  }, [thread, connected]);
  useEffect(() => {
    if (thread === null) return undefined;
    const look = () => {
      if (!globalThis.document.hidden) void thread.refresh();
    };
    globalThis.document.addEventListener("visibilitychange", look);
    return () => globalThis.document.removeEventListener("visibilitychange", look);
  }, [thread]);

  const number = sourceIn(useLocation().state);
  const shown = document !== null && shownMessage !== null && number !== null ? { message: shownMessage.id, number } : null;

  /** False when the question did not get as far as a conversation, so that it stays where it was written. */
  const send = async (text: string): Promise<boolean> => {
    if (thread) {
      void thread.send(text);
      return true;
    }
    setStarting(true);
    try {
      const fresh = await startConversation(draftScope.map((each) => each.id));
      nextScope.set([]);
      navigate(paths.chat(fresh.id), { replace: true });
      void fresh.send(text);
      return true;
    } catch (error) {
      showToast(describe(error));
      return false;
    } finally {
      setStarting(false);
    }
  };

  const changeScope = (next: ScopedDocument[]) => {
    if (conversation === null) return nextScope.set(next);
    conversations.change(conversation, { document_ids: next.length > 0 ? next.map((each) => each.id) : null }).then(placeConversation, (error: unknown) => showToast(describe(error)));
  };

  const show = useCallback((citation: Citation) => {
    const target = { page: citation.page ?? null, chunk: citation.chunk_id };
    const state = { quote: citation.quote, source: citation.number };
    navigate(paths.chat(conversation, citation.document_id, target), { replace: document !== null, state });
  }, [conversation, document]);
  /** The answer whose number was pressed is the one whose sources the panel leads through. */
  const open = useCallback((citation: Citation) => {
    if (globalThis.document.activeElement instanceof HTMLElement) returnTo.current = globalThis.document.activeElement;
    const answer = thread?.store.get().messages.find((message) => message.citations.includes(citation));
    if (answer) setShownMessage(answer);
    show(citation);
  }, [thread, show]);

  const close = useCallback(() => {
    setShownMessage(null);
    if (document !== null) navigate(paths.chat(conversation), { replace: true });
    window.setTimeout(() => returnTo.current?.isConnected && returnTo.current.focus(), 0);
  }, [conversation, document]);

  return (
    <div className={document !== null && wide ? "chat with-viewer" : "chat"}>
      <section className="chat-main" aria-label="Conversation">
        <header className="chat-head">
          <ConversationsButton />
          <h1 ref={heading} tabIndex={-1} dir="auto" title={title}>{title}</h1>
          {conversation === null ? null : (
            <button type="button" className="icon-button new-question" onClick={() => navigate(paths.chat())} aria-label="New conversation" title="New conversation">
              <Icon name="plus" />
            </button>
          )}
        </header>
        {thread ? (
          <ThreadView thread={thread} open={open} showSources={setShownMessage} shown={shown} />
        ) : (
          <FirstQuestions scope={scope} ask={(text) => void send(text)} />
        )}
        <ThreadComposer thread={thread} input={input} starting={starting} draft={draftKey(conversation)} send={send}>
          <ScopePicker scope={scope} change={changeScope} />
        </ThreadComposer>
      </section>
      <Panel
        thread={thread} message={shownMessage} document={document} passage={passage} wide={wide} open={open} show={show} close={close}
        backToSources={() => navigate(paths.chat(conversation), { replace: true })}
      />
    </div>
  );
}

interface ThreadComposerProps {
  thread: Thread | null;
  input: React.RefObject<HTMLTextAreaElement>;
  starting: boolean;
  draft: string;
  send: (text: string) => Promise<boolean>;
  children: React.ReactNode;
}

/** One composer from the first question on, so that the focus stays in it. */
function ThreadComposer({ thread, starting, ...rest }: ThreadComposerProps) {
  const { activity, phase } = useStore(thread?.store ?? noThread);
  return <Composer {...rest} busy={activity !== "idle"} disabled={starting || phase !== "ready"} stop={() => void thread?.stop()} />;
}
