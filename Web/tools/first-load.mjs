import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** What whoever comes first may have to fetch before the form of sign-in is all there, in compressed bytes. */
export const budget = 200 * 1024;

/** Adds up the page, all that it names, and the font of its letters, as they go over the wire. */
export function firstLoad(dist) {
  const page = readFileSync(join(dist, "index.html"), "utf8");
  const named = [...page.matchAll(/(?:href|src)="\.\/([^"]+)"/g)].map((match) => match[1]);
  const font = readdirSync(join(dist, "assets")).find((name) => name.startsWith("Inter-roman-latin-") && !name.includes("more"));
  const files = [...new Set(["index.html", ...named, `assets/${font}`])];
  const sizes = files.map((file) => [file, sizeOf(join(dist, file))]);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  const part = (pattern) => Math.round(sizes.filter(([file]) => pattern.test(file)).reduce((sum, [, size]) => sum + size, 0) / 1024);
  const report = `First load: ${Math.round(total / 1024)} KB compressed of ${budget / 1024} allowed (script ${part(/\.js$/)}, styles ${part(/\.css$/)}, font ${part(/\.woff2$/)}) in ${files.length} files`;
  return { total, report };
}

function sizeOf(file) {
  return statSync(existsSync(`${file}.gz`) ? `${file}.gz` : file).size;
}
