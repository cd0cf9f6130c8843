import { useEffect, useState } from "react";
import { documents, LibraryDocument } from "../api/documents";
import { describe } from "../api/errors";
import { Dialog } from "../design/Dialog";
import { Icon } from "../design/Icon";
import { Loading, Problem } from "../design/Notice";
import { count } from "../design/text";
import type { ScopedDocument } from "../asking/scope";

interface ScopeProps {
  /** The documents asked; none means all. */
  scope: ScopedDocument[];
  change: (scope: ScopedDocument[]) => void;
}

/** A button that tells which documents are asked and lets the student choose. */
export function ScopePicker({ scope, change }: ScopeProps) {
  const [open, setOpen] = useState(false);
  const [only] = scope;
  const label = scope.length === 0 ? "All documents" : scope.length === 1 && only ? only.title : count(scope.length, "document");
  return (
    <>
      <button type="button" className="button quiet scope" onClick={() => setOpen(true)} aria-label={`Asking: ${label}. Change`}>
        <Icon name="scope" size={18} /> <span dir="auto">{label}</span>
      </button>
      {open ? <ScopeDialog scope={scope} change={change} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function ScopeDialog({ scope, change, onClose }: ScopeProps & { onClose: () => void }) {
  const [list, setList] = useState<LibraryDocument[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [chosen, setChosen] = useState(() => new Map(scope.map((each) => [each.id, each.title])));
  const [filter, setFilter] = useState("");

  const [total, setTotal] = useState(0);

  useEffect(() => {
    const controller = new AbortController();
    // The server looks through the whole library; a list holds its first hundred.
    documents.list(1, 100, { text: filter.trim() }, controller.signal).then(
      (answer) => {
        setProblem(null);
        setList(answer.data.filter((document) => document.status === "completed"));
        setTotal((before) => Math.max(before, answer.pagination.total));
      },
      (error: unknown) => {
        if (!controller.signal.aborted) setProblem(describe(error));
      },
    );
    return () => controller.abort();
  }, [filter]);

  const toggle = (document: LibraryDocument) => setChosen((before) => {
    const after = new Map(before);
    if (!after.delete(document.id)) after.set(document.id, document.title);
    return after;
  });

  return (
    <Dialog title="Which documents to ask" onClose={onClose} sheet>
      {problem ? <Problem>{problem}</Problem> : null}
      {list === null && !problem ? <Loading label="Reading your library" /> : null}
      {total > 8 ? (
        <input className="input" type="search" aria-label="Filter by title" placeholder="Filter by title" value={filter} onChange={(event) => setFilter(event.target.value)} />
      ) : null}
      {list && list.length === 0 ? <p className="sources-none">{filter.trim() === "" ? "No document is ready yet." : "No title matches."}</p> : null}
      <ul className="scope-list">
        {(list ?? []).map((document) => (
          <li key={document.id}>
            <label>
              <input type="checkbox" checked={chosen.has(document.id)} onChange={() => toggle(document)} />
              <span dir="auto">{document.title}</span>
              {document.subject ? <span className="tag">{document.subject}</span> : null}
            </label>
          </li>
        ))}
      </ul>
      <footer>
        <button
          type="button" className="button"
          onClick={() => {
            change([]);
            onClose();
          }}
        >
          Ask all documents
        </button>
        <button
          type="button" className="button primary" disabled={chosen.size === 0}
          onClick={() => {
            change([...chosen].map(([id, title]) => ({ id, title })));
            onClose();
          }}
        >
          {chosen.size === 0 ? "Ask these" : `Ask ${count(chosen.size, "document")}`}
        </button>
      </footer>
    </Dialog>
  );
}
