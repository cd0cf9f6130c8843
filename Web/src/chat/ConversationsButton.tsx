import { useState } from "react";
import { Dialog } from "../design/Dialog";
import { Icon } from "../design/Icon";
import { ConversationList } from "./ConversationList";

/** On screens without a sidebar, opens the list of conversations. */
export function ConversationsButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="icon-button conversations-button" onClick={() => setOpen(true)} aria-label="Conversations" title="Conversations"><Icon name="list" /></button>
      {open ? <Dialog title="Conversations" onClose={() => setOpen(false)} sheet><ConversationList onPick={() => setOpen(false)} /></Dialog> : null}
    </>
  );
}
