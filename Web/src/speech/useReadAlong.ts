import { RefObject, useEffect, useMemo } from "react";
import { useStore } from "../state/useStore";
import { reading } from "./Reading";
import { wordPlaces } from "./wordPlaces";

/** Marks the word that is being read aloud in what an element shows. Nothing of the page's own is changed by it. */
export function useReadAlong(of: string, element: RefObject<HTMLElement>): void {
  const now = useStore(reading);
  const mine = now !== null && now.of === of ? now : null;
  const words = mine?.words;
  const ranges = useMemo(() => (words && element.current ? rangesOf(element.current, words.map((each) => each.word)) : []), [words, element]);
  const range = mine ? (ranges[mine.word] ?? null) : null;

  useEffect(() => {
    const marks = registry();
    if (!marks || range === null) return;
    marks.set("spoken", new Highlight(range));
    const { top, bottom } = range.getBoundingClientRect();
    if (top < 80 || bottom > window.innerHeight - 160) range.startContainer.parentElement?.scrollIntoView({ block: "center", behavior: "smooth" });
    return () => void marks.delete("spoken");
  }, [range]);
}

/** Browsers that cannot mark a range read aloud all the same. */
function registry() {
  return typeof CSS === "undefined" ? null : (CSS.highlights ?? null);
}

function rangesOf(element: HTMLElement, words: readonly string[]): (Range | null)[] {
  const nodes: { node: Text; start: number }[] = [];
  let text = "";
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT, {
    // The numbers of sources are not read.
    acceptNode: (node) => (node.parentElement?.closest("button, .katex-mathml") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  });
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push({ node: node as Text, start: text.length });
    text += (node as Text).data;
  }
  const at = (place: number): { node: Text; offset: number } | null => {
    let found: { node: Text; start: number } | null = null;
    for (const each of nodes) {
      if (each.start > place) break;
      found = each;
    }
    return found ? { node: found.node, offset: Math.min(place - found.start, found.node.data.length) } : null;
  };
  return wordPlaces(text, words).map((place) => {
    if (!place) return null;
    const [start, end] = [at(place.start), at(place.end - 1)];
    if (!start || !end) return null;
    const range = document.createRange();
    range.setStart(start.node, start.offset);
    range.setEnd(end.node, end.offset + 1);
    return range;
  });
}
