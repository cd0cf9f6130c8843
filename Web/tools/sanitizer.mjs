import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cache, modules } from "./paths.mjs";

/**
 * Debian 12's DOMPurify 2.4.1-2+deb12u1 throws on every input: the back-ported depth check names `shadowNode` in
 * `sanitize`, where there is none. The check that counts follows in the loop, for each node. This takes the stray one
 * out; a package in which it is mended passes through as it is.
 */
export function mendedSanitizer() {
  const source = readFileSync(`${modules}/dompurify/dist/purify.es.js`, "utf8");
  const stray = /\n\s*if \(shadowNode\.__depth >= MAX_NESTING_DEPTH \|\| numberIsNaN\(shadowNode\.__depth\)\) \{\s*_forceRemove\(body\.firstChild\);\s*\}/;
  mkdirSync(cache, { recursive: true });
  const file = join(cache, "purify.mjs");
  writeFileSync(file, source.replace(stray, "").replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n"));
  return file;
}
