import { ReactNode } from "react";
import { LibraryDocument, pageCount } from "../api/documents";
import { Dialog } from "../design/Dialog";
import { kindOf } from "../library/documentFacts";
import { fileSize } from "../strings/amounts";
import { dayText } from "../strings/days";
import { region } from "../strings/locale";
import { t } from "../strings/t";

/** What is known of a document beside its text. */
export function DocumentDetails({ document, onClose }: { document: LibraryDocument; onClose: () => void }) {
  // A document that came by an event of an older server has none.
  const { authors = [], date, language, doi, address } = (document.metadata as LibraryDocument["metadata"] | undefined) ?? { authors: [] };
  const pages = pageCount(document);
  const facts: [string, ReactNode][] = [
    [t("viewer.title"), <span dir="auto">{document.title}</span>],
    [t("viewer.authors", { count: authors.length }), authors.length > 0 ? <span dir="auto">{authors.join(", ")}</span> : null],
    [t("viewer.date"), date ? dateText(date) : null],
    [t("viewer.language"), language ? languageText(language) : null],
    [t("viewer.doi"), doi ? <Outside to={`https://doi.org/${encodeURI(doi)}`}>{doi}</Outside> : null],
    [t("viewer.address"), address && /^https?:\/\//i.test(address) ? <Outside to={address}>{address}</Outside> : address ?? null],
    [t("viewer.pagesCount"), pages ? String(pages) : null],
    [t("viewer.file"), `${document.filename} · ${kindOf(document)} · ${fileSize(document.size)}`],
    [t("viewer.added"), dayText(document.created_at)],
  ];
  return (
    <Dialog title={t("viewer.details")} onClose={onClose}>
      <dl className="document-details">
        {facts.filter(([, value]) => value !== null).map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}
      </dl>
    </Dialog>
  );
}

function Outside({ to, children }: { to: string; children: ReactNode }) {
  return <a href={to} target="_blank" rel="noopener noreferrer">{children}</a>;
}

/** `2021-03-04`, `2021-03` and `2021` as the reader writes them; anything else as the file says it. */
function dateText(date: string): string {
  const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(date);
  if (!parts) return date;
  const [, year = "", month, day] = parts;
  if (month === undefined) return year;
  const shown: Intl.DateTimeFormatOptions = { year: "numeric", month: "long", ...(day === undefined ? {} : { day: "numeric" }) };
  return new Intl.DateTimeFormat(region, shown).format(new Date(Number(year), Number(month) - 1, Number(day ?? 1)));
}

function languageText(tag: string): string {
  try {
    return new Intl.DisplayNames(region, { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
