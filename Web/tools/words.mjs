import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { web } from "./paths.mjs";
import { writeChanged } from "./write.mjs";

const source = join(web, "src");
const generated = join(source, "strings", "generated");

/** The folders that have words in a language, by the name of the folder: each part of the app brings its own. */
export function wordFiles(language) {
  const files = readdirSync(source, { recursive: true }).filter((file) => basename(file) === `words.${language}.ts`).sort();
  const areas = files.map((file) => [basename(dirname(file)), join(source, file)]);
  const names = areas.map(([area]) => area);
  const twice = names.find((area, index) => names.indexOf(area) !== index);
  if (twice) throw new Error(`Two folders named ${twice} have words; a key could mean either.`);
  return areas;
}

/** The languages of the app, as the sources list them. */
export function languages() {
  const text = readFileSync(join(source, "strings", "locale.ts"), "utf8");
  const list = /export const languages = \{([^}]*)\}/.exec(text)?.[1] ?? "";
  return [...list.matchAll(/(\w+):/g)].map((match) => match[1]);
}

/** Writes the table of each language, which joins the words of all parts. A language is one file: one request brings it. */
export function joinWords() {
  mkdirSync(generated, { recursive: true });
  for (const language of languages()) {
    const areas = wordFiles(language);
    const lines = areas.map(([area, file]) => `import ${area} from "${relative(generated, file).replace(/\.ts$/, "")}";`);
    writeChanged(join(generated, `${language}.ts`), `// Made by Web/tools/words.mjs from each folder's words.${language}.ts.\n${lines.join("\n")}\n\nexport default { ${areas.map(([area]) => area).join(", ")} };\n`);
  }
}
