import { useState } from "react";
import { Dialog } from "../design/Dialog";
import { closeSheet, useSheet } from "../frame/sheets";
import { t } from "../strings/t";
import { TalkList } from "./TalkList";

/** All conversations over the one that is open. */
export function TalksSheet() {
  const [text, setText] = useState("");
  if (useSheet("talks") === null) return null;
  return (
    <Dialog title={t("chat.talks")} onClose={closeSheet} sheet>
      <input className="input" type="search" dir="auto" aria-label={t("chat.findTalk")} placeholder={t("chat.findTalk")} value={text} onChange={(event) => setText(event.target.value)} />
      <div className="talks-sheet"><TalkList text={text.trim()} /></div>
    </Dialog>
  );
}
