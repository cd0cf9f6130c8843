import { useRef, useState } from "react";
import type { LibraryDocument } from "../api/documents";
import { Icon } from "../design/Icon";
import { Loading, Problem } from "../design/Notice";
import { count } from "../design/text";
import { usePage } from "../routing/usePage";
import { useStore } from "../state/useStore";
import { DocumentRow } from "./DocumentRow";
import { EditDocument } from "./EditDocument";
import { EmptyLibrary } from "./EmptyLibrary";
import "./library.css";
import { loadLibrary } from "./libraryStore";
import { Pagination } from "./Pagination";
import { startUploads, uploads } from "./uploads";
import { UploadRow } from "./UploadRow";
import { useFileDrop } from "./useFileDrop";
import { useLibrary } from "./useLibrary";

/** What the file dialog offers; the server decides by content. */
const accepted = ".pdf,.docx,.html,.htm,.md,.markdown,.txt";

const takeFiles = (files: File[]) => startUploads(files.map((file) => ({ file })));

/** A new page is read from its top. */
async function turnTo(page: number): Promise<void> {
  await loadLibrary(page);
  document.getElementById("content")?.scrollTo({ top: 0 });
}

export function LibraryPage() {
  const heading = usePage("Library");
  const state = useLibrary();
  const sending = useStore(uploads);
  const hovering = useFileDrop(takeFiles);
  const picker = useRef<HTMLInputElement>(null);
  const [editing, setEditing] = useState<LibraryDocument | null>(null);
  const choose = () => picker.current?.click();
  const empty = state.phase === "ready" && state.filter === "" && state.items.length === 0 && sending.length === 0;

  return (
    <div className="page library">
      <header className="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>Library</h1>
          {state.total > 0 ? <p className="sub">{count(state.total, "document")}</p> : null}
        </div>
        {empty ? null : <button type="button" className="button primary" onClick={choose}><Icon name="upload" size={18} /> Add documents</button>}
        <input
          ref={picker} type="file" multiple accept={accepted} hidden aria-label="Choose documents"
          onChange={(event) => {
            takeFiles([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
      </header>

      {state.total > 6 || state.filter !== "" ? (
        <input
          className="input library-filter" type="search" aria-label="Filter by title" placeholder="Filter by title" value={state.filter}
          onChange={(event) => void loadLibrary(1, event.target.value)}
        />
      ) : null}
      {state.phase === "ready" && state.filter !== "" && state.items.length === 0 ? <p className="drop-hint" role="status">No title matches.</p> : null}
      {state.problem ? <Problem action={{ label: "Try again", run: () => void loadLibrary() }}>{state.problem}</Problem> : null}
      {state.phase === "loading" ? <Loading label="Opening your library" /> : null}
      {empty ? <EmptyLibrary choose={choose} /> : null}

      {sending.length > 0 ? (
        <ul className="document-list" aria-label="Uploads">
          {sending.map((upload) => <UploadRow key={upload.key} upload={upload} />)}
        </ul>
      ) : null}
      {state.items.length > 0 ? (
        <ul className="document-list" aria-label="Documents">
          {state.items.map((document) => <DocumentRow key={document.id} document={document} edit={setEditing} />)}
        </ul>
      ) : null}
      <Pagination page={state.page} pages={state.pages} go={(page) => void turnTo(page)} />
      {state.items.length > 0 ? <p className="drop-hint">PDF, Word, HTML, Markdown or plain text.<span className="only-mouse"> Drop files anywhere on this page.</span></p> : null}

      {editing ? <EditDocument document={editing} onClose={() => setEditing(null)} /> : null}
      {hovering ? (
        <div className="drop-veil" aria-hidden="true"><div><Icon name="upload" size={32} />Drop to add to your library</div></div>
      ) : null}
    </div>
  );
}
