import type { PaletteItem } from "../frame/Area";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { t } from "../strings/t";
import { fits } from "./fits";

const order = ["find", "go", "do", "passages"];

/** The lines for what is typed: what has that name, the places and actions whose words begin so, and last the search in all passages. */
export function paletteLines(always: readonly PaletteItem[], found: readonly PaletteItem[], text: string): PaletteItem[] {
  const wanted = text.trim();
  const known = always.filter(({ label }) => fits(label, wanted));
  const others = wanted === "" ? [] : found.filter(({ id }) => !known.some((each) => each.id === id));
  const lines = [...known, ...others].sort((a, b) => order.indexOf(a.group) - order.indexOf(b.group));
  if (wanted === "") return lines;
  return [...lines, { id: "search-passages", group: "passages", label: t("shell.searchPassages", { words: wanted }), icon: "quote", run: () => navigate(paths.search(wanted)) }];
}
