import type { Citation, Message } from "../api/conversations";
import { Dialog } from "../design/Dialog";
import { Icon } from "../design/Icon";
import type { PassageTarget } from "../routing/paths";
import { Store } from "../state/store";
import { useStore } from "../state/useStore";
import { DocumentViewer } from "../viewer/DocumentViewer";
import { Sources } from "./Sources";
import type { Thread, ThreadState } from "./Thread";

interface PanelProps {
  thread: Thread | null;
  /** The answer whose sources were asked for; otherwise the last one's are shown where there is room. */
  message: Message | null;
  document: string | null;
  passage: PassageTarget;
  wide: boolean;
  open: (citation: Citation) => void;
  close: () => void;
  backToSources: () => void;
}

const nothing = new Store<ThreadState>({ phase: "ready", messages: [], problem: null, unsent: null, activity: "idle", found: null });

/** The sources of an answer, or the document that one of them opened: beside the conversation, or over it on a phone. */
export function Panel({ thread, message, document, passage, wide, open, close, backToSources }: PanelProps) {
  const { messages } = useStore(thread?.store ?? nothing);
  const last = [...messages].reverse().find((each) => each.role === "assistant" && each.citations.length > 0) ?? null;
  const shown = message ? messages.find((each) => each.id === message.id) ?? last : last;

  if (document !== null) {
    const viewer = <DocumentViewer key={document} id={document} passage={passage} close={close} back={shown ? backToSources : undefined} />;
    return wide ? <aside className="panel viewer-panel" aria-label="Document">{viewer}</aside> : (
      <Dialog title="Source" onClose={close} sheet><div className="viewer-sheet">{viewer}</div></Dialog>
    );
  }
  if (wide && shown) {
    return (
      <aside className="panel" aria-label="Sources">
        <h2><Icon name="quote" size={18} /> Sources</h2>
        <Sources citations={shown.citations} open={open} />
      </aside>
    );
  }
  if (!wide && message) {
    return <Dialog title="Sources" onClose={close} sheet><Sources citations={message.citations} open={open} /></Dialog>;
  }
  return null;
}
