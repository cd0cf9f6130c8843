import type { OutlineEntry } from "../api/documents";

/** What stands before and after the matter of a book, of which nobody asks. */
const frame = /^(?:abstract|acknowledge?ments?|appendix|bibliography|about|colophon|(?:table of )?contents|copyright|dedication|foreword|glossary|index|legal|licen[cs]e|literature|notes?|preface|references|further reading|summary|exercises?)\b/i;

/** A number before a heading, such as "Chapter 3." or "2.1". */
const numbering = /^(?:(?:[Cc]hapter|[Pp]art|[Ss]ection|[Ll]ecture|[Uu]nit)\s+[\dIVXLC]+[.:)]?|\d+(?:\.\d+)+[.:)]?|\d+[.:)]|[IVXLC]+[.:)])\s+/;

/** Headings worth a question: the first one names the whole document and is left out. */
export function topicsOf(entries: readonly OutlineEntry[], most: number): string[] {
  return entries
    .slice(1)
    .filter((entry) => entry.level <= 2)
    .map((entry) => entry.title.replace(numbering, "").trim())
    .filter((title) => title.length > 4 && title.length < 80 && !frame.test(title))
    .slice(0, most);
}
