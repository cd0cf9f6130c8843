import type { DocumentPageText } from "../api/documents";

/** A paragraph of extracted text. */
export interface Paragraph {
  kind: "text" | "heading" | "item" | "table";
  /** Of a heading, from 1; of an item, how deep it stands, from 0. */
  level: number;
  /** What stands before an item: a bullet or a number. */
  marker: string;
  text: string;
  /** Where it begins: its page, and the Unicode scalars of the page's text before it. */
  page: number;
  offset: number;
}

/** Cuts a page's text, whose paragraphs are parted by empty lines, by what the server says of its headings. */
export function paragraphsOf(page: DocumentPageText): Paragraph[] {
  const levels = new Map((page.headings ?? []).map((heading) => [heading.offset, heading.level]));
  const result: Paragraph[] = [];
  // The server counts Unicode scalars, a JavaScript string UTF-16 units.
  let offset = 0;
  for (const block of page.text.split("\n\n")) {
    const place = { page: page.number, offset };
    const level = levels.get(offset);
    offset += [...block].length + 2;
    if (block.trim() === "") continue;
    if (level !== undefined) result.push({ kind: "heading", level, marker: "", text: block, ...place });
    else result.push({ ...plain(block), ...place });
  }
  return result;
}

function plain(block: string): Omit<Paragraph, "page" | "offset"> {
  const item = /^(\s*)(•|\d{1,3}\.)\s+([^]+)$/.exec(block);
  if (item) return { kind: "item", level: Math.floor((item[1] ?? "").length / 2), marker: item[2] ?? "•", text: item[3] ?? "" };
  const lines = block.split("\n");
  if (lines.length > 1 && lines.every((line) => line.includes(" | "))) return { kind: "table", level: 0, marker: "", text: block };
  return { kind: "text", level: 0, marker: "", text: block };
}
