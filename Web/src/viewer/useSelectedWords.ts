import { RefObject, useEffect, useState } from "react";

/** More than this is no question about a passage; the rest is left out. */
const longest = 600;

/** How long after a click another belongs to it, in milliseconds: what selects a word may go on to select its paragraph. */
const nextClick = 350;

/** The words that the reader has selected in a document, once they have let go of them; null while there are none. */
export function useSelectedWords(host: RefObject<HTMLElement>): string | null {
  const [words, setWords] = useState<string | null>(null);
  useEffect(() => {
    let waiting = 0;
    const look = () => setWords(wordsIn(host.current));
    const lookSoon = () => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(look, nextClick);
    };
    // What is offered for the words must not come up under a pointer that is about to press again.
    const pressed = () => window.clearTimeout(waiting);
    const change = () => {
      if (document.getSelection()?.isCollapsed ?? true) setWords(null);
    };
    document.addEventListener("pointerdown", pressed);
    document.addEventListener("pointerup", lookSoon);
    document.addEventListener("keyup", look);
    document.addEventListener("selectionchange", change);
    return () => {
      window.clearTimeout(waiting);
      document.removeEventListener("pointerdown", pressed);
      document.removeEventListener("pointerup", lookSoon);
      document.removeEventListener("keyup", look);
      document.removeEventListener("selectionchange", change);
    };
  }, [host]);
  return words;
}

function wordsIn(host: HTMLElement | null): string | null {
  const selection = document.getSelection();
  const text = host?.querySelector(".pdf-scroller, .text-scroller");
  // A selected last paragraph may end at the start of what follows the text, so only the beginning counts.
  if (!selection || selection.isCollapsed || !text?.contains(selection.getRangeAt(0).startContainer)) return null;
  const words = selection.toString().replace(/\s+/g, " ").trim();
  return words.length < 3 ? null : words.slice(0, longest);
}
