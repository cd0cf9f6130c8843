import type { DocumentPageText } from "../api/documents";

/** A stretch of text that is shown in an element of its own, and can be marked there. */
export interface Leaf {
  text: string;
  /** A formula in TeX: within a line, or on a line of its own. */
  math?: "inline" | "display";
}

/** A paragraph of extracted text. */
export interface Paragraph {
  kind: "text" | "heading" | "item" | "table" | "code" | "caption" | "note" | "figure";
  /** Of a heading, from 1; of an item, how deep it stands, from 0. */
  level: number;
  /** What stands before an item: a bullet, a number or a letter. */
  marker: string;
  /** What it says; of a table, nothing. */
  leaves: Leaf[];
  /** Of a table: its rows of cells, each with what stands in it. */
  rows: Leaf[][][];
  headRows: number;
  /** Of a figure: whether its picture can be asked for, by its place among the figures. */
  hasPicture?: boolean;
  /** Where it begins: its page, and the Unicode scalars of the page's text before it. */
  page: number;
  offset: number;
}

type Block = NonNullable<DocumentPageText["blocks"]>[number];

/** Everything of a paragraph that can be marked, in reading order. */
export function leavesOf({ leaves, rows }: Paragraph): Leaf[] {
  return [...leaves, ...rows.flat(2)];
}

/** Cuts a page's text, whose paragraphs are parted by empty lines, by what the server says of its headings, tables, code and formulas. */
export function paragraphsOf(page: DocumentPageText): Paragraph[] {
  const levels = new Map((page.headings ?? []).map((heading) => [heading.offset, heading.level]));
  // The server counts Unicode scalars, a JavaScript string UTF-16 units.
  const scalars = [...page.text];
  const blocks = [...(page.blocks ?? [])].sort((a, b) => a.start - b.start);
  const formulas = blocks.filter(({ kind }) => kind === "formula");
  const result: Paragraph[] = [];
  const put = (kind: Paragraph["kind"], start: number, end: number, more: Partial<Paragraph> = {}) => {
    result.push({ kind, level: 0, marker: "", leaves: kind === "table" ? [] : leaves(scalars, formulas, start, end), rows: [], headRows: 0, page: page.number, offset: start, ...more });
  };
  const prose = (from: number, to: number) => {
    for (const [start, end] of stretches(scalars, from, to)) {
      const level = levels.get(start);
      if (level !== undefined) put("heading", start, end, { level });
      else guessed(scalars, start, end, put);
    }
  };
  let at = 0;
  for (const block of blocks) {
    if (block.kind === "formula" || block.start < at || block.end > scalars.length) continue;
    prose(at, block.start);
    at = block.end;
    if (block.kind === "table") {
      const table = tableOf(scalars, formulas, block);
      const before = result[result.length - 1];
      if (!before || !goesOn(before, table)) put("table", block.start, block.end, table);
      else before.rows.push(...(table.rows ?? []).slice(before.headRows));
    }
    else if (block.kind === "item") {
      const begin = block.start + (block.marker ?? 0);
      put("item", begin, block.end, { level: block.level ?? 0, marker: scalars.slice(block.start, begin).join("").trim(), offset: block.start });
    } else if (block.kind === "figure") put("figure", block.start, block.end, block.picture ? { hasPicture: true } : {});
    else put(block.kind, block.start, block.end);
  }
  prose(at, scalars.length);
  return result;
}

/** A long table is stored as several that repeat its head. */
function goesOn(before: Paragraph, { rows = [], headRows = 0 }: Partial<Paragraph>): boolean {
  const head = (of: Leaf[][][]) => JSON.stringify(of.slice(0, headRows));
  return before.kind === "table" && headRows > 0 && before.headRows === headRows && head(before.rows) === head(rows);
}

/** What stands between empty lines. */
function stretches(scalars: readonly string[], from: number, to: number): [number, number][] {
  const result: [number, number][] = [];
  let start = from;
  for (let at = from; at <= to; at += 1) {
    const ends = at === to || (scalars[at] === "\n" && scalars[at + 1] === "\n");
    if (!ends) continue;
    if (scalars.slice(start, at).some((scalar) => scalar.trim() !== "")) {
      while (scalars[start] === "\n") start += 1;
      result.push([start, at]);
    }
    start = at + 2;
    at += at === to ? 0 : 1;
  }
  return result;
}

/** Texts that were read before the server told what they hold show it by their form. */
function guessed(scalars: readonly string[], start: number, end: number, put: (kind: Paragraph["kind"], start: number, end: number, more?: Partial<Paragraph>) => void): void {
  const text = scalars.slice(start, end).join("");
  const item = /^(\s*)(•|\d{1,3}\.)\s+(?=\S)/.exec(text);
  if (item) return put("item", start + [...(item[0] ?? "")].length, end, { level: Math.floor((item[1] ?? "").length / 2), marker: item[2] ?? "•", offset: start });
  const lines = text.split("\n");
  if (lines.length > 1 && lines.every((line) => line.includes(" | "))) return put("table", start, end, tableOf(scalars, [], { kind: "table", start, end }));
  put("text", start, end);
}

function leaves(scalars: readonly string[], formulas: readonly Block[], from: number, to: number): Leaf[] {
  const result: Leaf[] = [];
  let at = from;
  for (const { start, end } of formulas) {
    if (start < at || end > to) continue;
    if (start > at) result.push({ text: scalars.slice(at, start).join("") });
    const raw = scalars.slice(start, end).join("");
    const display = raw.startsWith("$$");
    result.push({ text: raw.slice(display ? 2 : 1, display ? -2 : -1).trim(), math: display ? "display" : "inline" });
    at = end;
  }
  if (at < to) result.push({ text: scalars.slice(at, to).join("") });
  return result;
}

function tableOf(scalars: readonly string[], formulas: readonly Block[], { start, end, head_rows: headRows = 0 }: Block): Partial<Paragraph> {
  const rows: Leaf[][][] = [[]];
  let from = start;
  const close = (end: number) => {
    let [first, to] = [from, end];
    while (first < to && scalars[first] === " ") first += 1;
    while (to > first && scalars[to - 1] === " ") to -= 1;
    const inside = leaves(scalars, formulas, first, to).map((leaf) => (leaf.math ? leaf : { text: leaf.text.replace(/\\\|/g, "|") }));
    // An empty cell has its place too.
    rows[rows.length - 1]?.push(inside.length > 0 ? inside : [{ text: "" }]);
  };
  for (let at = start; at <= end; at += 1) {
    const bar = scalars[at] === "|" && scalars[at - 1] !== "\\" && (scalars[at - 1] === " " || at === start) && (scalars[at + 1] === " " || scalars[at + 1] === "\n" || at + 1 >= end);
    if (at === end || bar || scalars[at] === "\n") {
      close(Math.min(at, end));
      from = at + 1;
      if (scalars[at] === "\n" && at < end) rows.push([]);
    }
  }
  return { rows, headRows: headRows ?? 0 };
}
