import type { MatchRange } from "./quoteMatch";

/** Wraps the ranges of text elements in marks; answers the first, or the current one. Elements are the text items, in order. */
export function drawMarks(elements: readonly HTMLElement[], ranges: readonly MatchRange[]): HTMLElement | null {
  const byItem = new Map<number, MatchRange[]>();
  for (const range of ranges) byItem.set(range.item, [...(byItem.get(range.item) ?? []), range]);
  let first: HTMLElement | null = null;
  let current: HTMLElement | null = null;
  for (const [item, list] of [...byItem].sort(([a], [b]) => a - b)) {
    const element = elements[item];
    const text = element?.textContent ?? "";
    if (!element || text === "") continue;
    const nodes: Node[] = [];
    let at = 0;
    for (const { start, end, current: isCurrent } of list.sort((a, b) => a.start - b.start)) {
      if (start > at) nodes.push(document.createTextNode(text.slice(at, start)));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      nodes.push(mark);
      first ??= mark;
      if (isCurrent) {
        mark.className = "current";
        current ??= mark;
      }
      at = end;
    }
    if (at < text.length) nodes.push(document.createTextNode(text.slice(at)));
    element.replaceChildren(...nodes);
  }
  return current ?? first;
}

/** Takes the marks out again. */
export function clearMarks(elements: readonly HTMLElement[]): void {
  for (const element of elements) if (element.querySelector("mark")) element.textContent = element.textContent;
}
