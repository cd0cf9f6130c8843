import type { Note } from "../api/notes";
import { t } from "../strings/t";

interface ClashProps {
  mine: string;
  theirs: Note;
  settle: (choice: "mine" | "theirs" | "both") => void;
}

/** What was typed here and what stands there now, side by side, until the reader has chosen. */
export function Clash({ mine, theirs, settle }: ClashProps) {
  return (
    <section className="note-clash" role="alert" aria-labelledby="note-clash">
      <h2 id="note-clash">{t("notes.clashTitle")}</h2>
      <p>{t("notes.clash")}</p>
      <div className="note-halves">
        <figure><figcaption>{t("notes.clashMine")}</figcaption><pre dir="auto" tabIndex={0}>{mine}</pre></figure>
        <figure><figcaption>{t("notes.clashTheirs")}</figcaption><pre dir="auto" tabIndex={0}>{theirs.content}</pre></figure>
      </div>
      <div className="note-actions">
        <button type="button" className="button primary" onClick={() => settle("both")}>{t("notes.keepBoth")}</button>
        <button type="button" className="button" onClick={() => settle("mine")}>{t("notes.keepMine")}</button>
        <button type="button" className="button" onClick={() => settle("theirs")}>{t("notes.keepTheirs")}</button>
      </div>
    </section>
  );
}
