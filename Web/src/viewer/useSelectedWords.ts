import { RefObject, useEffect, useState } from "react";

/** More than this is no question about a passage; the rest is left out. */
const longest = 600;

/** The words that the reader has selected in a document, once they have let go of them; null while there are none. */
export function useSelectedWords(host: RefObject<HTMLElement>): string | null {
  const [words, setWords] = useState<string | null>(null);
  useEffect(() => {
    const look = () => setWords(wordsIn(host.current));
    const change = () => {
      if (document.getSelection()?.isCollapsed ?? true) setWords(null);
    };
    document.addEventListener("pointerup", look);
    document.addEventListener("keyup", look);
    document.addEventListener("selectionchange", change);
    return () => {
      document.removeEventListener("pointerup", look);
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
