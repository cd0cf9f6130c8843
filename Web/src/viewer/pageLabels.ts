import type { LibraryDocument } from "../api/documents";

type Runs = NonNullable<LibraryDocument["page_labels"]>;

/** What a document calls its pages, where that is not their number: `iv`, `A-3`. */
export interface PageLabels {
  /** Null where a page is called by its number. */
  of: (page: number) => string | null;
  /** The page of that name; null where there is none. */
  page: (name: string) => number | null;
}

export function pageLabels(runs: Runs, pages: number): PageLabels {
  const of = (page: number) => {
    const run = [...runs].reverse().find((each) => each.page <= page);
    if (!run) return null;
    const label = run.prefix + digits(run.style ?? null, run.start + page - run.page);
    return label === "" || label === String(page) ? null : label;
  };
  const page = (name: string) => {
    const wanted = name.trim().toLowerCase();
    for (let number = 1; number <= pages; number += 1) if (of(number)?.toLowerCase() === wanted) return number;
    return null;
  };
  return { of, page };
}

function digits(style: string | null, number: number): string {
  switch (style) {
    case "D": return String(number);
    case "r": return roman(number).toLowerCase();
    case "R": return roman(number);
    case "a": return letters(number).toLowerCase();
    case "A": return letters(number);
    default: return "";
  }
}

const signs: readonly [number, string][] = [
  [1000, "M"], [900, "CM"], [500, "D"], [400, "CD"], [100, "C"], [90, "XC"], [50, "L"], [40, "XL"], [10, "X"], [9, "IX"], [5, "V"], [4, "IV"], [1, "I"],
];

function roman(number: number): string {
  if (number < 1 || number >= 4000) return String(number);
  let rest = number;
  let out = "";
  for (const [value, sign] of signs) {
    for (; rest >= value; rest -= value) out += sign;
  }
  return out;
}

/** `A` to `Z`, then `AA` to `ZZ`. */
function letters(number: number): string {
  if (number < 1 || number > 520) return String(number);
  return String.fromCharCode(65 + ((number - 1) % 26)).repeat(Math.floor((number - 1) / 26) + 1);
}
