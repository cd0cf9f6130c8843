/** Where the words of a text stand in what is shown of it: for each, the range of characters, or null where it is not found. */
export function wordPlaces(shown: string, words: readonly string[]): ({ start: number; end: number } | null)[] {
  const text = folded(shown);
  let from = 0;
  return words.map((word) => {
    const wanted = folded(word);
    const start = text.indexOf(wanted, from);
    // What is far away is another word that looks the same; one that is shown otherwise, such as a formula, is passed over.
    if (wanted === "" || start < 0 || start - from > reach) return null;
    from = start + wanted.length;
    return { start, end: from };
  });
}

const reach = 300;

/** Letter by letter of the same length, so that places stay. */
function folded(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()).replace(/’/g, "'");
}
