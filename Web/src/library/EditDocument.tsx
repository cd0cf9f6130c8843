import { FormEvent, useState } from "react";
import { documents, LibraryDocument } from "../api/documents";
import { describe } from "../api/errors";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Problem } from "../design/Notice";
import { placeDocument } from "./libraryStore";

export function EditDocument({ document, onClose }: { document: LibraryDocument; onClose: () => void }) {
  const [title, setTitle] = useState(document.title);
  const [subject, setSubject] = useState(document.subject ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      placeDocument(await documents.change(document.id, { title: title.trim(), subject: subject.trim() || null }));
      onClose();
    } catch (error) {
      setProblem(describe(error));
      setBusy(false);
    }
  };

  return (
    <Dialog title="Title and subject" onClose={onClose}>
      <form onSubmit={(event) => void save(event)}>
        <div className="stack">
          {problem ? <Problem>{problem}</Problem> : null}
          <Field label="Title" value={title} required maxLength={200} autoFocus onChange={(event) => setTitle(event.target.value)} />
          <Field
            label="Subject" value={subject} maxLength={100} placeholder="For example, Cell biology"
            hint="Documents of one subject belong together." onChange={(event) => setSubject(event.target.value)}
          />
        </div>
        <footer>
          <button type="button" className="button" onClick={onClose}>Cancel</button>
          <button type="submit" className="button primary" disabled={busy || title.trim() === ""}>Save</button>
        </footer>
      </form>
    </Dialog>
  );
}
