/** A paragraph of extracted text. */
export interface Paragraph {
  kind: "text" | "heading" | "item" | "code";
  /** Of a heading, from 1. */
  level: number;
  text: string;
}

/** Cuts extracted text into paragraphs; Markdown's headings and list items are told apart, nothing else is interpreted. */
export function paragraphsOf(text: string): Paragraph[] {
  const result: Paragraph[] = [];
  let lines: string[] = [];
  let code: string[] | null = null;
  const finish = () => {
    if (lines.length > 0) result.push({ kind: "text", level: 0, text: lines.join(" ") });
    lines = [];
  };
  for (const line of text.replace(/\r\n?/g, "\n").split("\n")) {
    if (/^\s*```/.test(line)) {
      finish();
      if (code) result.push({ kind: "code", level: 0, text: code.join("\n") });
      code = code ? null : [];
      continue;
    }
    if (code) {
      code.push(line);
      continue;
    }
    const heading = /^(#{1,6})\s+(.+?)\s*#*$/.exec(line);
    const item = /^\s*(?:[-*+•]|\d+[.)])\s+(.+)$/.exec(line);
    if (heading) {
      finish();
      result.push({ kind: "heading", level: heading[1]?.length ?? 1, text: heading[2] ?? "" });
    } else if (line.trim() === "") {
      finish();
    } else if (item) {
      finish();
      result.push({ kind: "item", level: 0, text: item[1] ?? "" });
    } else {
      const last = result[result.length - 1];
      // An indented line goes on with the list item above it.
      if (/^\s{2,}\S/.test(line) && lines.length === 0 && last?.kind === "item") last.text += ` ${line.trim()}`;
      else lines.push(line.trim());
    }
  }
  if (code) result.push({ kind: "code", level: 0, text: code.join("\n") });
  finish();
  return result;
}
