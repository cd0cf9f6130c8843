import { readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { cache, web } from "./paths.mjs";

/** Which styles come first: those of the design, then what they are refined by; what holds on paper and in forced colours is last. */
const order = [/^design\/tokens/, /^design\/base/, /^design\/controls/, /^design\/overlays/, /^(shell|frame)\//, /^viewer\//, /^(?!design\/)/, /^design\/contrast/, /^design\/print/];

/** One style sheet for the whole app, so that a page that is loaded when first needed never shows without its styles. */
export function styleEntry() {
  const files = readdirSync(join(web, "src"), { recursive: true }).filter((file) => file.endsWith(".css"));
  // A folder's own sheet refines those of its parts: chat/chat.css comes after chat/panel.css.
  const rank = (file) => `${dirname(file)}/${basename(dirname(file)) === basename(file, ".css") ? "~" : basename(file)}`;
  files.sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
  const sorted = order.flatMap((_, at) => files.filter((file) => order.findIndex((each) => each.test(file)) === at));
  const lost = files.filter((file) => !sorted.includes(file));
  if (lost.length > 0) throw new Error(`Web/tools/styles.mjs does not know where these styles belong: ${lost.join(", ")}`);
  const entry = join(cache, "styles.css");
  writeFileSync(entry, `@import "katex-style";\n` + sorted.map((file) => `@import "${join(web, "src", file)}";\n`).join(""));
  return entry;
}
