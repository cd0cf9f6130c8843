/** Typesets the formulas below an element. KaTeX comes when the first formula does. */
export async function typeset(root: HTMLElement): Promise<void> {
  const formulas = [...root.querySelectorAll<HTMLElement>(".math:not([data-done])")];
  if (formulas.length === 0) return;
  const { default: katex } = await import("katex");
  for (const formula of formulas) {
    if (formula.dataset["done"]) continue;
    const tex = formula.textContent ?? "";
    formula.dataset["done"] = "true";
    // Drawn into the element, not as text: KaTeX then sets styles as properties, which the page's policy allows.
    katex.render(tex, formula, { displayMode: formula.dataset["display"] === "true", throwOnError: false, trust: false, maxExpand: 200, strict: false });
  }
}
