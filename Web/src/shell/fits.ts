/** Every word that is typed begins a word of the line, whatever the accents. */
export function fits(label: string, wanted: string): boolean {
  const words = plain(label).split(/[^\p{L}\p{N}]+/u);
  return plain(wanted).split(/[^\p{L}\p{N}]+/u).filter(Boolean).every((piece) => words.some((word) => word.startsWith(piece)));
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
