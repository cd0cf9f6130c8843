import type { Leaf, Paragraph } from "./paragraphs";

/** How long a stretch is that is read in one go, in characters: some three minutes. */
const long = 2500;
/** After so many a heading begins a new one. */
const enough = 600;

/** Which paragraphs are read in one go, from one of them on. */
export function stretchEnd(paragraphs: readonly Paragraph[], first: number): number {
  let length = 0;
  for (let at = first; at < paragraphs.length; at += 1) {
    const paragraph = paragraphs[at];
    if (!paragraph) break;
    if (at > first && (length > long || (length > enough && paragraph.kind === "heading"))) return at;
    length += spokenText(paragraph).length;
  }
  return paragraphs.length;
}

/** Paragraphs as they are read aloud, in Markdown: what is a formula, code or a table is said as one. */
export function spokenTexts(paragraphs: readonly Paragraph[]): string {
  return paragraphs.map(spokenText).filter((text) => text.trim() !== "").join("\n\n");
}

function spokenText({ kind, leaves, rows, headRows }: Paragraph): string {
  const text = leaves.map(leafText).join("");
  switch (kind) {
    case "code":
      return "```\n" + text + "\n```";
    case "table": {
      const lines = rows.map((row) => `| ${row.map((cell) => cell.map(leafText).join("").replace(/\|/g, "\\|")).join(" | ")} |`);
      // The head is told from the rest by a line below it.
      const rule = `|${(rows[0] ?? []).map(() => "---").join("|")}|`;
      return headRows > 0 ? [...lines.slice(0, headRows), rule, ...lines.slice(headRows)].join("\n") : lines.join("\n");
    }
    default:
      return text;
  }
}

function leafText({ text, math }: Leaf): string {
  return math === "display" ? `$$${text}$$` : math === "inline" ? `$${text}$` : text;
}
