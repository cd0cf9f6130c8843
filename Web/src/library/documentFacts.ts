import { LibraryDocument, pageCount } from "../api/documents";
import { fileSize } from "../strings/amounts";
import { t } from "../strings/t";

/** How the kinds of files are called, by what the server found in them. */
const kinds: Readonly<Record<string, string>> = {
  "application/pdf": "PDF",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
  "application/vnd.oasis.opendocument.text": "OpenDocument",
  "application/vnd.oasis.opendocument.presentation": "OpenDocument",
  "application/vnd.oasis.opendocument.spreadsheet": "OpenDocument",
  "application/epub+zip": "EPUB",
  "application/rtf": "RTF",
  "application/x-tex": "LaTeX",
  "application/x-ipynb+json": "Jupyter",
  "application/x-bibtex": "BibTeX",
  "text/html": "HTML",
  "text/markdown": "Markdown",
  "image/png": "PNG",
  "image/jpeg": "JPEG",
  "image/webp": "WebP",
  "image/tiff": "TIFF",
  "text/csv": "CSV",
  "text/tab-separated-values": "TSV",
};

export function kindOf({ media_type: type }: LibraryDocument): string {
  const bare = type?.split(";")[0] ?? "";
  if (bare === "text/vtt" || bare === "application/x-subrip") return t("library.subtitles");
  return bare === "message/rfc822" ? t("library.mail") : kinds[bare] ?? t("library.plainText");
}

/** What a document is, in one line: ready, its kind, its file, its length. */
export function documentFacts(document: LibraryDocument): string {
  const pages = pageCount(document);
  return [
    t("library.ready"), kindOf(document), sameName(document) ? "" : document.filename, pages ? t("library.pages", { count: pages }) : "",
    document.size ? fileSize(document.size) : "",
  ].filter(Boolean).join(" · ");
}

/** The file's name says nothing that the title does not. */
function sameName({ filename, title }: LibraryDocument): boolean {
  const bare = (filename ?? "").replace(/\.\w+$/, "");
  return filename === undefined || bare.toLowerCase() === title.toLowerCase() || filename.toLowerCase() === title.toLowerCase();
}

/** The name promises another kind of file than what was in it. */
export function looksLikeAnother({ filename, media_type: type }: LibraryDocument): boolean {
  return (type ?? "").startsWith("text/plain") && /\.(pdf|docx|pptx|xlsx|od[tps]|epub|html?)$/i.test(filename ?? "");
}
