import type { MatchRange } from "./quoteMatch";

/** Wraps the ranges of text elements in marks; answers the first. Elements are the text items, in order. */
export function drawMarks(elements: readonly HTMLElement[], ranges: readonly MatchRange[]): HTMLElement | null {
  const byItem = new Map<number, MatchRange[]>();
  for (const range of ranges) byItem.set(range.item, [...(byItem.get(range.item) ?? []), range]);
  let first: HTMLElement | null = null;
  for (const [item, list] of [...byItem].sort(([a], [b]) => a - b)) {
    const element = elements[item];
    const text = element?.textContent ?? "";
    if (!element || text === "") continue;
    const nodes: Node[] = [];
    let at = 0;
    for (const { start, end } of list) {
      if (start > at) nodes.push(document.createTextNode(text.slice(at, start)));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      nodes.push(mark);
      first ??= mark;
      at = end;
    }
    if (at < text.length) nodes.push(document.createTextNode(text.slice(at)));
    element.replaceChildren(...nodes);
  }
  return first;
}
