import type { Citation, Message } from "../api/conversations";
import { Dialog } from "../design/Dialog";
import { Icon } from "../design/Icon";
import { useLocation } from "../routing/location";
import type { PassageTarget } from "../routing/paths";
import { useStore } from "../state/useStore";
import { DocumentViewer } from "../viewer/DocumentViewer";
import { draftKey, quoteInDraft } from "../asking/drafts";
import { sourceIn } from "./sourceIn";
import { Sources } from "./Sources";
import { SourceTour } from "./SourceTour";
import { noThread, Thread } from "./Thread";

interface PanelProps {
  thread: Thread | null;
  /** The answer whose sources were asked for; otherwise the last one's are shown where there is room. */
  message: Message | null;
  document: string | null;
  passage: PassageTarget;
  wide: boolean;
  /** Opens a source and remembers where the reader was. */
  open: (citation: Citation) => void;
  /** Opens a source in place of the one that is open. */
  show: (citation: Citation) => void;
  close: () => void;
  backToSources: () => void;
}

/** The sources of an answer, or the document that one of them opened: beside the conversation, or over it on a phone. */
export function Panel({ thread, message, document, passage, wide, open, show, close, backToSources }: PanelProps) {
  const { messages } = useStore(thread?.store ?? noThread);
  const { state } = useLocation();
  const last = [...messages].reverse().find((each) => each.role === "assistant" && each.citations.length > 0) ?? null;
  const shown = message ? messages.find((each) => each.id === message.id) ?? last : last;

  const quote = (words: string) => {
    quoteInDraft(draftKey(thread?.id ?? null), words);
    globalThis.document.getElementById("question")?.focus();
  };

  if (document !== null) {
    const cited = shown?.citations.find((each) => each.number === sourceIn(state) && each.document_id === document && each.chunk_id === passage.chunk);
    const tour = shown && cited && shown.citations.length > 1 ? <SourceTour citations={shown.citations} current={cited.number} show={show} /> : null;
    const title = cited ? `Source ${cited.number}` : "Source";
    const viewer = <DocumentViewer key={document} id={document} passage={passage} close={close} back={shown ? backToSources : undefined} ask={wide ? quote : undefined} />;
    return wide ? (
      <aside className="panel viewer-panel" aria-label="Document" onKeyDown={(event) => event.key === "Escape" && close()}>
        {tour ? <div className="panel-head"><h2><Icon name="quote" size={18} /> {title}</h2>{tour}</div> : null}
        {viewer}
      </aside>
    ) : (
      <Dialog title={title} onClose={close} actions={tour} sheet><div className="viewer-sheet">{viewer}</div></Dialog>
    );
  }
  // From the first question on the column is there, so that nothing moves aside when the first source comes.
  if (wide && messages.length > 0) {
    return (
      <aside className="panel" aria-label="Sources">
        <div className="panel-head"><h2><Icon name="quote" size={18} /> Sources</h2></div>
        <Sources citations={shown?.citations ?? []} open={open} />
      </aside>
    );
  }
  if (!wide && message) {
    return <Dialog title="Sources" onClose={close} sheet><Sources citations={message.citations} open={open} /></Dialog>;
  }
  return null;
}
