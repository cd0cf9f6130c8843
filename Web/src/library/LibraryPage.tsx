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
import { isLimited, LibraryFilter, loadLibrary } from "./libraryStore";
import { Pagination } from "./Pagination";
import { SubjectBar } from "./SubjectBar";
import { startUploads, uploads } from "./uploads";
import { UploadRow } from "./UploadRow";
import { useLibrary } from "./useLibrary";

/** What the file dialog offers; the server decides by content. */
const accepted = ".pdf,.docx,.html,.htm,.md,.markdown,.txt";

const takeFiles = (files: File[]) => startUploads(files.map((file) => ({ file })));

/** A new page is read from its top. */
async function turnTo(page: number, filter?: LibraryFilter): Promise<void> {
  await loadLibrary(page, filter);
  document.getElementById("content")?.scrollTo({ top: 0 });
}

const showSubject = (subject: string) => void turnTo(1, { text: "", subject });

export function LibraryPage() {
  const heading = usePage("Library");
  const state = useLibrary();
  const sending = useStore(uploads);
  const picker = useRef<HTMLInputElement>(null);
  const [editing, setEditing] = useState<LibraryDocument | null>(null);
  const choose = () => picker.current?.click();
  const { filter } = state;
  const limited = isLimited(filter);
  const empty = state.phase === "ready" && !limited && state.items.length === 0 && sending.length === 0;

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

      {filter.subject === null ? null : <SubjectBar subject={filter.subject} leave={() => void loadLibrary(1, { ...filter, subject: null })} />}
      {state.total > 6 || filter.text !== "" ? (
        <input
          className="input library-filter" type="search" aria-label="Filter by title" placeholder="Filter by title" dir="auto" value={filter.text}
          onChange={(event) => void loadLibrary(1, { ...filter, text: event.target.value })}
        />
      ) : null}
      {state.phase === "ready" && limited && state.items.length === 0 ? <p className="drop-hint" role="status">{filter.text === "" ? "No document has this subject any more." : "No title matches."}</p> : null}
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
          {state.items.map((document) => <DocumentRow key={document.id} document={document} edit={setEditing} limit={filter.subject === null ? showSubject : null} />)}
        </ul>
      ) : null}
      <Pagination page={state.page} pages={state.pages} go={(page) => void turnTo(page)} />
      {state.items.length > 0 ? <p className="drop-hint">PDF, Word, HTML, Markdown or plain text.<span className="only-mouse"> Drop files anywhere on this page.</span></p> : null}

      {editing ? <EditDocument document={editing} onClose={() => setEditing(null)} /> : null}
    </div>
  );
}
