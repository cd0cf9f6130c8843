import { FormEvent, useState } from "react";
import { describe } from "../api/errors";
import { Note, NoteFormat, notes } from "../api/notes";
import { Dialog } from "../design/Dialog";
import { Problem } from "../design/Notice";
import { t } from "../strings/t";

const formats: readonly NoteFormat[] = ["md", "html", "pdf", "docx"];

/** Saves a note as a file, with what its numbers stand for. */
export function ExportNote({ note, onClose }: { note: Note; onClose: () => void }) {
  const [format, setFormat] = useState<NoteFormat>("pdf");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      // Fetched by script, because a plain link cannot carry the access token.
      const url = URL.createObjectURL(await notes.exported(note.id, format));
      const link = document.createElement("a");
      link.href = url;
      link.download = `${note.title}.${format}`;
      link.click();
      window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
      onClose();
    } catch (error) {
      setProblem(describe(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t("notes.export")} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <div className="stack">
          {problem ? <Problem>{problem}</Problem> : null}
          <fieldset className="note-kinds">
            <legend>{t("notes.format")}</legend>
            {[...formats, ...(note.has_map ? ["svg" as const] : [])].map((each) => (
              <label key={each}><input type="radio" name="format" checked={format === each} onChange={() => setFormat(each)} /> {t(`notes.format_${each}`)}</label>
            ))}
          </fieldset>
        </div>
        <footer>
          <button type="button" className="button" onClick={onClose}>{t("notes.cancel")}</button>
          <button type="submit" className="button primary" disabled={busy}>{t("notes.exportNow")}</button>
        </footer>
      </form>
    </Dialog>
  );
}
