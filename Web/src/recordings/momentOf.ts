interface Said {
  words: readonly { word: string; start: number }[];
}

/** When words of a document are said, from a second on: by their first four, as far as they are heard one after the other. Else that second. */
export function momentOf(text: string, segments: readonly Said[], from: number): number {
  const wanted = text.replace(/^\[[\d:]+\]/, "").split(/\s+/).map(bare).filter((word) => word !== "").slice(0, 4);
  const words = segments.flatMap((segment) => segment.words).filter(({ word }) => bare(word) !== "");
  if (wanted.length === 0) return from;
  // Paragraphs are named by whole seconds.
  const at = words.findIndex(({ start }, index) => start >= from - 1 && wanted.every((word, place) => bare(words[index + place]?.word ?? "") === word));
  return words[at]?.start ?? from;
}

function bare(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
