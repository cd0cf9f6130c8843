/** Marks a word that is being said, and brings it into view. Browsers that cannot mark a range read aloud all the same. */
export function markSpoken(range: Range): void {
  registry()?.set("spoken", new Highlight(range));
  const { top, bottom } = range.getBoundingClientRect();
  if (top < 80 || bottom > window.innerHeight - 160) range.startContainer.parentElement?.scrollIntoView({ block: "center", behavior: "smooth" });
}

export function unmarkSpoken(): void {
  registry()?.delete("spoken");
}

function registry() {
  return typeof CSS === "undefined" ? null : (CSS.highlights ?? null);
}
