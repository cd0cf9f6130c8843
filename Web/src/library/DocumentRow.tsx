import { failureText, isBusy, isPDF, LibraryDocument } from "../api/documents";
import { askAbout } from "../asking/scope";
import { CourseTag } from "../course/CourseTag";
import { Icon } from "../design/Icon";
import { Menu, MenuItem } from "../design/Menu";
import { Meter } from "../design/Meter";
import { focusBeside, rowOf } from "../design/rowFocus";
import { SharedMark } from "../frame/SharedMark";
import { openSheet } from "../frame/sheets";
import { Link } from "../routing/Link";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { useStore } from "../state/useStore";
import { dayText } from "../strings/days";
import { t } from "../strings/t";
import { documentDeletion, documentLeaving } from "./deletion";
import { documentFacts, looksLikeAnother } from "./documentFacts";
import { download } from "./download";
import { progressOf } from "./progressText";
import { resumeReading, stopReading } from "./reading";
import { graveNotes } from "./readingNotes";
import { selection, toggleSelected } from "./selection";
import { updateText } from "./Versions";

export function DocumentRow({ document, showCourse }: { document: LibraryDocument; showCourse: boolean }) {
  const ready = document.status === "completed";
  const ticked = useStore(selection).has(document.id);
  return (
    <li className={ticked ? "document-row ticked" : document.shared_by ? "document-row reading" : "document-row"} data-status={document.status} data-row={document.id}>
      <span className="document-icon" aria-hidden="true"><Icon name={isPDF(document) ? "pdf" : "page"} size={22} /></span>
      {document.shared_by ? null : <label className="document-tick"><input type="checkbox" checked={ticked} onChange={() => toggleSelected(document)} aria-label={t("library.selectOne", { title: document.title })} /></label>}
      <div className="document-body">
        <div className="document-title">
          <Link to={paths.document(document.id)} dir="auto" title={document.title.length > 90 ? document.title : undefined}>{document.title}</Link>
          {showCourse ? <CourseTag id={document.course_id} /> : null}
          <SharedMark by={document.shared_by?.name} count={document.shared_with} />
        </div>
        <Status document={document} />
      </div>
      <div className="document-actions">
        {ready ? (
          <button type="button" className="button quiet" onClick={() => ask(document)} aria-label={t("library.askAbout", { title: document.title })}>
            <Icon name="chat" size={18} /> <span>{t("library.ask")}</span>
          </button>
        ) : null}
        {document.status === "failed" ? (
          <button type="button" className="button" onClick={() => void resumeReading(document)} aria-label={t("library.retryOne", { title: document.title })}>
            <Icon name="retry" size={18} /> <span>{t("library.retry")}</span>
          </button>
        ) : null}
        {document.status === "cancelled" ? (
          <button type="button" className="button" onClick={() => void resumeReading(document)} aria-label={t("library.resumeOne", { title: document.title })}>
            <Icon name="retry" size={18} /> <span>{t("library.resume")}</span>
          </button>
        ) : null}
        <Menu label={t("library.actionsFor", { title: document.title })} items={actions(document)} />
      </div>
    </li>
  );
}

function Status({ document }: { document: LibraryDocument }) {
  if (document.status === "failed") {
    return <p className="document-meta problem"><Icon name="alert" size={16} /> {failureText(document)}</p>;
  }
  if (document.status === "cancelled") return <p className="document-meta"><Icon name="stop" size={16} /> {t("library.stopped")}</p>;
  if (isBusy(document)) {
    const { text, fraction } = progressOf(document);
    return (
      <div className="document-progress">
        <p className="document-meta">{text}</p>
        {document.status === "pending" ? null : <Meter label={`${document.title}: ${text}`} fraction={fraction} />}
      </div>
    );
  }
  return (
    <>
      <p className="document-meta"><span>{documentFacts(document)}<span className="document-day"> · {t("library.added", { day: dayText(document.created_at) })}</span></span></p>
      {document.update ? <p className="document-meta"><Icon name={isBusy(document.update) ? "clock" : "alert"} size={16} /> {updateText(document)}</p> : null}
      {graveNotes(document).map((note) => <p className="document-meta" key={note}><Icon name="alert" size={16} /> {note}</p>)}
      {looksLikeAnother(document) ? <p className="document-meta"><Icon name="alert" size={16} /> {t("library.readAsText", { name: document.filename })}</p> : null}
    </>
  );
}

function actions(document: LibraryDocument): MenuItem[] {
  if (document.shared_by) return readerActions(document);
  return [
    ...(isBusy(document) ? [{ label: t("library.stop"), icon: "stop" as const, run: () => void stopReading(document) }] : []),
    { label: t("library.details"), icon: "info", run: () => openSheet("details", document.id) },
    { label: t("library.titleAndCourse"), icon: "pencil", run: () => openSheet("document", document.id) },
    { label: t("library.share"), icon: "people", run: () => openSheet("share-document", document.id) },
    { label: t("library.download"), icon: "download", run: () => void download(document) },
    {
      label: t("library.delete"), icon: "trash", danger: true,
      run: () => {
        focusBeside(rowOf(document.id));
        documentDeletion.start(document.id, document.title);
      },
    },
  ];
}

/** What is done with another's document. What came with a course goes with it. */
function readerActions(document: LibraryDocument): MenuItem[] {
  const leave = () => {
    focusBeside(rowOf(document.id));
    documentLeaving.startAll([document.id], t("library.left", { title: document.title }));
  };
  return [
    { label: t("library.details"), icon: "info", run: () => openSheet("details", document.id) },
    { label: t("library.download"), icon: "download", run: () => void download(document) },
    ...(document.shared_by?.via === "document" ? [{ label: t("library.leave"), icon: "close" as const, run: leave }] : []),
  ];
}

function ask(document: LibraryDocument): void {
  askAbout([document], document.course_id ?? null);
  navigate(paths.talk());
}
