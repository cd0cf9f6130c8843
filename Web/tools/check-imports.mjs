// Fails where a source of the web app sees more than it may: floors look down only, and areas see of each other what is lent.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { web } from "./paths.mjs";

/**
 * Folders that all may use, each seeing only those before it. What is in no list is an area: it sees all of these, and of
 * other areas only the modules in lent.txt. Files beside the folders (App, Inside, areas, main, start) put it all together, and
 * areas.ts alone names areas by their `area` module.
 */
export const floors = ["state", "strings", "routing", "api", "events", "design", "session", "frame", "asking", "course", "speech"];
/** What stands around the areas: it sees the floors, and the areas only through the list that it is given. */
const around = new Set(["shell"]);

/** Why a module may not import another, or null; both named from `src`, as in `library/uploads`. */
export function fault(from, to, lent) {
  const [here, there] = [folder(from), folder(to)];
  if (here === there || here === "") return null;
  if (there === "") return to === "areas" && around.has(here) ? null : `${to} puts the app together; nothing in a folder imports it`;
  const [floor, other] = [floors.indexOf(here), floors.indexOf(there)];
  if (other >= 0) return floor >= 0 && other > floor ? `${there} stands on ${here}, not below it` : null;
  if (floor >= 0) return `${there} is an area; what all use does not know of areas`;
  if (around.has(here) || around.has(there)) return `${here} and ${there} do not know of each other: areas.ts joins them`;
  return lent.has(to) ? null : `the area ${there} does not lend ${to}; if it is meant to, add it to Web/tools/lent.txt`;
}

const folder = (module) => (module.includes("/") ? module.slice(0, module.indexOf("/")) : "");

function check() {
  const source = join(web, "src");
  const lent = new Set(readFileSync(join(web, "tools", "lent.txt"), "utf8").split("\n").filter(Boolean));
  const used = new Set();
  const faults = [];
  for (const file of readdirSync(source, { recursive: true }).sort()) {
    if (!/\.tsx?$/.test(file) || file.includes("generated/")) continue;
    const from = file.replace(/\.tsx?$/, "");
    const text = readFileSync(join(source, file), "utf8");
    for (const [, path] of text.matchAll(/(?:from |import\(|^import )"(\.[^"]+)"/gm)) {
      const to = normalize(join(dirname(file), path));
      if (lent.has(to) && folder(from) !== folder(to)) used.add(to);
      const why = fault(from, to, lent);
      if (why) faults.push(`Web/src/${file}: ${why}`);
    }
  }
  for (const module of lent) if (!used.has(module)) faults.push(`Web/tools/lent.txt: nobody borrows ${module}`);
  for (const each of faults) console.error(each);
  return faults.length === 0;
}

if (process.argv[1]?.endsWith("check-imports.mjs") && !check()) process.exit(1);
