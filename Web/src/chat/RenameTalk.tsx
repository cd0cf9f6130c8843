import { FormEvent, useState } from "react";
import { Conversation, conversations } from "../api/conversations";
import { describe } from "../api/errors";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Problem } from "../design/Notice";
import { closeSheet, useSheet } from "../frame/sheets";
import { t } from "../strings/t";
import { placeConversation } from "./conversationsStore";
import { titleOf } from "./titleOf";
import { useConversation } from "./useConversation";

/** The dialog that renames a conversation, while the address asks for it: over whatever page, and in place of the list it was asked from. */
export function RenameTalk() {
  const conversation = useConversation(useSheet("rename-talk"));
  return conversation ? <RenameDialog key={conversation.id} conversation={conversation} /> : null;
}

function RenameDialog({ conversation }: { conversation: Conversation }) {
  const [title, setTitle] = useState(titleOf(conversation));
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    try {
      placeConversation(await conversations.change(conversation.id, { title: title.trim() }));
      closeSheet();
    } catch (error) {
      setProblem(describe(error));
    }
  };
  return (
    <Dialog title={t("chat.renameTitle")} onClose={closeSheet}>
      <form onSubmit={(event) => void save(event)}>
        <div className="stack">
          {problem ? <Problem>{problem}</Problem> : null}
          <Field label={t("chat.name")} value={title} required maxLength={200} autoFocus onChange={(event) => setTitle(event.target.value)} />
        </div>
        <footer>
          <button type="button" className="button" onClick={closeSheet}>{t("chat.cancel")}</button>
          <button type="submit" className="button primary" disabled={title.trim() === ""}>{t("chat.save")}</button>
        </footer>
      </form>
    </Dialog>
  );
}
