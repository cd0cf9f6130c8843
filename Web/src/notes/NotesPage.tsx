import { Icon } from "../design/Icon";
import { openSheet } from "../frame/sheets";
import { usePage } from "../routing/usePage";
import { t } from "../strings/t";
import { NoteList } from "./NoteList";

/** All notes, and the way to a new one. */
export function NotesPage() {
  const heading = usePage(t("notes.place"));
  return (
    <div className="page">
      <header className="page-head">
        <h1 ref={heading} tabIndex={-1}>{t("notes.place")}</h1>
        <button type="button" className="button primary" onClick={() => openSheet("new-note")}><Icon name="plus" size={18} /> {t("notes.new")}</button>
      </header>
      <NoteList course={null} />
    </div>
  );
}
