import type { LibraryDocument } from "../api/documents";
import { Meter } from "../design/Meter";
import { progressOf } from "../library/progressText";
import { uploads } from "../library/uploads";
import { UploadRow } from "../library/UploadRow";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";

const few = 6;

/** Files on their way and documents that are being read. */
export function AtWork({ documents }: { documents: readonly LibraryDocument[] }) {
  const sending = useStore(uploads);
  if (sending.length + documents.length === 0) return null;
  const more = documents.length - few;
  return (
    <section className="today-block" aria-label={t("today.atWork")}>
      <h2>{t("today.atWork")}</h2>
      {sending.length > 0 ? <ul className="document-list" aria-label={t("library.uploads")}>{sending.map((upload) => <UploadRow key={upload.key} upload={upload} />)}</ul> : null}
      <ul className="work-list">
        {documents.slice(0, few).map((document) => {
          const { text, fraction } = progressOf(document);
          return (
            <li key={document.id}>
              <Link to={paths.document(document.id)} dir="auto">{document.title}</Link>
              <p>{text}</p>
              {document.status === "pending" ? null : <Meter label={`${document.title}: ${text}`} fraction={fraction} />}
            </li>
          );
        })}
      </ul>
      {more > 0 ? <p className="glance-none">{t("today.moreAtWork", { count: more })}</p> : null}
    </section>
  );
}
