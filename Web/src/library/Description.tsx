import { ReactNode } from "react";
import { LibraryDocument, pageCount } from "../api/documents";
import { fileSize } from "../strings/amounts";
import { dayText } from "../strings/days";
import { region } from "../strings/locale";
import { t } from "../strings/t";
import { kindOf } from "./documentFacts";

/** What a document says of itself, and what is known of its file. */
export function Description({ document }: { document: LibraryDocument }) {
  // A document that came by an event of an older server has none.
  const { authors = [], date, language, doi, address } = (document.metadata as LibraryDocument["metadata"] | undefined) ?? { authors: [] };
  const pages = pageCount(document);
  const facts: [string, ReactNode][] = [
    [t("library.authors", { count: authors.length }), authors.length > 0 ? <span dir="auto">{authors.join(", ")}</span> : null],
    [t("library.date"), date ? dateText(date) : null],
    [t("library.language"), language ? languageText(language) : null],
    [t("library.doi"), doi ? <Outside to={`https://doi.org/${encodeURI(doi)}`}>{doi}</Outside> : null],
    [t("library.address"), address && /^https?:\/\//i.test(address) ? <Outside to={address}>{address}</Outside> : address ?? null],
    [t("library.pagesCount"), pages ? String(pages) : null],
    [t("library.file"), `${document.filename} · ${kindOf(document)} · ${fileSize(document.size)}`],
    [t("library.addedOn"), dayText(document.created_at)],
  ];
  return (
    <dl className="description">
      {facts.filter(([, value]) => value !== null).map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}
    </dl>
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
