/** A quotation without the heading that stands before it, which its place names already, and without a list's first bullet. */
export function quoteText(passage: { quote: string; section?: string | null }): string {
  const heading = (passage.section ?? "").split(" › ").pop() ?? "";
  const rest = heading !== "" && passage.quote.startsWith(heading) ? passage.quote.slice(heading.length) : passage.quote;
  return (/^\s+\S/.test(rest) ? rest : passage.quote).trim().replace(/^[•‣–]\s+/, "");
}

/** " · page 4 · Membranes › Transport", or " · page iv (6)" where the file calls the sixth page so; as far as it is known; a first heading that is the title itself is left out. */
export function placeText(passage: { title: string; page?: number | null; page_label?: string | null; section?: string | null }): string {
  const parts: string[] = [];
  if (passage.page) parts.push(passage.page_label ? `page ${passage.page_label} (${passage.page})` : `page ${passage.page}`);
  const headings = (passage.section ?? "").split(" › ").filter((heading, index) => heading !== "" && !(index === 0 && heading === passage.title));
  if (headings.length > 0) parts.push(headings.join(" › "));
  return parts.map((part) => ` · ${part}`).join("");
}
