import type { Figure } from "../api/documents";

/** The figure of a page whose caption stands in a passage; null if none does. */
export function figureIn<Each extends Pick<Figure, "page" | "caption">>(figures: readonly Each[], page: number, passage: string): Each | null {
  const letters = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const held = letters(passage);
  return figures.find((each) => each.page === page && each.caption !== "" && held.includes(letters(each.caption).slice(0, 40))) ?? null;
}
