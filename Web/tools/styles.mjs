import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { cache, web } from "./paths.mjs";

/**
 * Which cascade layer a file of styles belongs to, by where it lies. A later layer refines an earlier one, however specific the
 * earlier one's rules are, so areas need not know in which order they come. What holds on paper and in forced colours stands
 * in no layer and is last.
 */
const layers = [
  ["tokens", /^design\/tokens/],
  ["base", /^design\/base/],
  ["controls", /^design\/(controls|overlays)/],
  [null, /^design\/(contrast|print)/],
  ["areas", /^(?!design\/)/],
];

/** One style sheet for the whole app, so that a page that is loaded when first needed never shows without its styles. */
export function styleEntry() {
  const files = readdirSync(join(web, "src"), { recursive: true }).filter((file) => file.endsWith(".css"));
  // A folder's own sheet refines those of its parts: chat/chat.css comes after chat/panel.css.
  const rank = (file) => `${dirname(file)}/${basename(dirname(file)) === basename(file, ".css") ? "~" : basename(file)}`;
  files.sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
  const folder = join(cache, "styles");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const names = files.map((file) => {
    const found = layers.find(([, place]) => place.test(file));
    if (!found) throw new Error(`Web/tools/styles.mjs does not know in which layer this belongs: ${file}`);
    const [layer] = found;
    const text = readFileSync(join(web, "src", file), "utf8");
    const name = file.replace(/\//g, "-");
    writeFileSync(join(folder, name), layer === null ? text : `@layer ${layer} {\n${text}}\n`);
    return { name, layer };
  });
  const order = ["tokens", "base", "controls", "areas"];
  writeFileSync(join(folder, "order.css"), `@layer ${order.join(", ")};\n`);
  const sorted = [...order, null].flatMap((layer) => names.filter((each) => each.layer === layer));
  const entry = join(cache, "styles.css");
  writeFileSync(entry, [`@import "${join(folder, "order.css")}";`, `@import "inter-faces";`, `@import "katex-style";`, ...sorted.map(({ name }) => `@import "${join(folder, name)}";`)].join("\n"));
  return entry;
}
