/** " · page 4 · Membranes › Transport", as far as it is known. */
export function placeText(passage: { page?: number | null; section?: string | null }): string {
  const parts: string[] = [];
  if (passage.page) parts.push(`page ${passage.page}`);
  if (passage.section) parts.push(passage.section);
  return parts.map((part) => ` · ${part}`).join("");
}
