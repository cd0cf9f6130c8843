import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cache, katex } from "./paths.mjs";

/**
 * KaTeX gives some of its drawings (arrows over letters, growing braces) their width in a `style` attribute, which the page's
 * policy forbids, as it forbids every inline style. Setting the same text through the element's `style` is allowed.
 */
export function mendedTypesetter() {
  const source = readFileSync(`${katex}/katex.mjs`, "utf8");
  const plain = /(\w+)\.setAttribute\(attr, this\.attributes\[attr\]\);/g;
  if (!plain.test(source)) throw new Error("This KaTeX sets its attributes otherwise than the build expects: look for `style` in it.");
  mkdirSync(cache, { recursive: true });
  const file = join(cache, "katex.mjs");
  writeFileSync(file, source.replace(plain, (whole, node) => `if (attr === "style") ${node}.style.cssText = this.attributes[attr]; else ${whole}`));
  return file;
}
