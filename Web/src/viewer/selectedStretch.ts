import type { Stretch } from "../speech/useReadStretches";

/** What is selected, to be read aloud; null where nothing is. */
export function selectedStretch(elements: () => readonly Element[]): Stretch | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed) return null;
  const text = selection.toString().trim();
  const from = selection.getRangeAt(0).cloneRange();
  selection.removeAllRanges();
  return text === "" ? null : { text, elements, from };
}
