/** The beginning of a note as one line, without the signs of Markdown. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/\[\d{1,3}\](?!\()/g, "")
    .replace(/^\s*(#{1,6}\s+|[-*+]\s+|\d+[.)]\s+|>\s?)/gm, "")
    .replace(/^\|?[\s|:-]+\|?$/gm, "")
    .replace(/\|/g, " ")
    .replace(/\*\*|__|`/g, "")
    .replace(/\\([\\`*_{}[\]()#+.!|<>$~-])/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
}
