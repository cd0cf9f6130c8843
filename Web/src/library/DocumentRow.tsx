import { documents, failureText, isBusy, LibraryDocument, pageCount } from "../api/documents";
import { describe } from "../api/errors";
import { Icon } from "../design/Icon";
import { Menu, MenuItem } from "../design/Menu";
import { Meter } from "../design/Meter";
import { count } from "../design/text";
import { fileSize } from "../strings/amounts";
import { dayText } from "../strings/days";
import { showToast } from "../design/toastStore";
import { Link } from "../routing/Link";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { askAbout } from "../asking/scope";
import { documentDeletion } from "./deletion";
import { download } from "./download";
import { placeDocument } from "./libraryStore";
import { progressOf } from "./progressText";

interface RowProps {
  document: LibraryDocument;
  edit: (document: LibraryDocument) => void;
  /** Shows only the documents of a subject; null where that is so already. */
  limit: ((subject: string) => void) | null;
}

export function DocumentRow({ document, edit, limit }: RowProps) {
  const { subject } = document;
  const ready = document.status === "completed";
  return (
    <li className="document-row" data-status={document.status} data-document={document.id}>
      <span className="document-icon" aria-hidden="true"><Icon name={isPDF(document) ? "pdf" : "page"} size={22} /></span>
      <div className="document-body">
        <div className="document-title">
          <Link to={paths.document(document.id)} dir="auto" title={document.title.length > 90 ? document.title : undefined}>{document.title}</Link>
          {subject && limit ? (
            <button type="button" className="tag-button" title={`Show only ${subject}`} onClick={() => limit(subject)}><span className="tag" dir="auto">{subject}</span></button>
          ) : null}
        </div>
        <Status document={document} />
      </div>
      <div className="document-actions">
        {ready ? (
          <button type="button" className="button quiet" onClick={() => ask(document)} aria-label={`Ask about ${document.title}`}>
            <Icon name="chat" size={18} /> <span>Ask</span>
          </button>
        ) : null}
        {document.status === "failed" ? (
          <button type="button" className="button" onClick={() => void retry(document)} aria-label={`Try ${document.title} again`}>
            <Icon name="retry" size={18} /> <span>Retry</span>
          </button>
        ) : null}
        <Menu label={`Actions for ${document.title}`} items={actions(document, edit)} />
      </div>
    </li>
  );
}

function Status({ document }: { document: LibraryDocument }) {
  if (document.status === "failed") {
    return <p className="document-meta problem"><Icon name="alert" size={16} /> {failureText(document)}</p>;
  }
  if (isBusy(document)) {
    const { text, fraction } = progressOf(document);
    return (
      <div className="document-progress">
        <p className="document-meta">{text}</p>
        {document.status === "pending" ? null : <Meter label={`${document.title}: ${text}`} fraction={fraction} />}
      </div>
    );
  }
  const when = document.created_at ? <span className="document-day"> · added {dayText(document.created_at)}</span> : null;
  return <p className="document-meta"><span>{facts(document).join(" · ")}{when}</span></p>;
}

function facts(document: LibraryDocument): string[] {
  const list = ["Ready"];
  const pages = pageCount(document);
  if (pages) list.push(count(pages, "page"));
  if (document.size) list.push(fileSize(document.size));
  return list;
}

function actions(document: LibraryDocument, edit: (document: LibraryDocument) => void): MenuItem[] {
  return [
    { label: "Title and subject", icon: "pencil", run: () => edit(document) },
    { label: "Download", icon: "download", run: () => void download(document) },
    { label: "Delete", icon: "trash", danger: true, run: () => documentDeletion.start(document.id, document.title) },
  ];
}

function ask(document: LibraryDocument): void {
  askAbout([document]);
  navigate(paths.chat());
}

async function retry(document: LibraryDocument): Promise<void> {
  placeDocument({ ...document, status: "pending", progress: { stage: "waiting", done: 0, total: 0 }, error: undefined });
  try {
    await documents.retry(document.id);
  } catch (error) {
    placeDocument(document);
    showToast(describe(error));
  }
}

export function isPDF(document: LibraryDocument): boolean {
  return document.media_type === "application/pdf" || (!document.media_type && /\.pdf$/i.test(document.filename ?? ""));
}
