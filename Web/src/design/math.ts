type Typesetter = typeof import("katex")["default"];

let typesetter: Typesetter | null = null;

/** Typesets the formulas below an element, at once where KaTeX is there already. It comes when the first formula does. */
export function typeset(root: HTMLElement): void {
  const formulas = [...root.querySelectorAll<HTMLElement>(".math:not([data-done])")];
  if (formulas.length === 0) return;
  if (typesetter) draw(formulas, typesetter);
  else {
    void import("katex").then((module) => {
      typesetter = module.default;
      draw(formulas, typesetter);
    });
  }
}

function draw(formulas: HTMLElement[], katex: Typesetter): void {
  for (const formula of formulas) {
    if (formula.dataset["done"]) continue;
    const tex = formula.textContent ?? "";
    formula.dataset["done"] = "true";
    // Drawn into the element, not as text: KaTeX then sets styles as properties, which the page's policy allows.
    katex.render(tex, formula, { displayMode: formula.dataset["display"] === "true", throwOnError: false, trust: false, maxExpand: 200, strict: false });
  }
}
