import { withoutSounds } from "./soundMarks";

/** The text with the selected part made a gap of the next number, and where the cursor goes: `{{c2::word}}`. */
export function withGap(text: string, start: number, end: number): { text: string; cursor: number } {
  const numbers = [...text.matchAll(/\{\{c(\d+)::/g)].map(([, number]) => Number(number));
  const opening = `{{c${Math.max(0, ...numbers) + 1}::`;
  const made = `${text.slice(0, start)}${opening}${text.slice(start, end)}}}${text.slice(end)}`;
  return { text: made, cursor: start === end ? start + opening.length : end + opening.length + 2 };
}

/** What of a card's side can be read aloud: no markup, no gaps, no formula. */
export function spokenText(text: string): string {
  return withoutSounds(text).replace(/<[^>]*>/g, " ").replace(/\*\*\[…\]\*\*/g, " … ").replace(/[*_`#>|~]+/g, "").replace(/\s+/g, " ").trim();
}

/** "cell, exam 1" as tags. */
export function tagsIn(text: string): string[] {
  return [...new Set(text.split(",").map((tag) => tag.trim().replace(/\s+/g, " ")).filter((tag) => tag !== ""))];
}
