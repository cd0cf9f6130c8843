import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { cached, hashOf } from "./cached.mjs";
import { cache, interFonts } from "./paths.mjs";

/**
 * Stretches of Unicode that study texts in Inter need, each a file of its own, so that a page fetches those only whose letters
 * stand on it: most need the first alone.
 */
const ranges = {
  latin: "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2190-2193,U+2212,U+2215",
  "latin-more": "U+0100-0130,U+0132-0151,U+0154-02BA,U+02BD-02C5,U+02C7-02D9,U+02DB,U+02DD-036F,U+1E00-1EFF,U+20A0-20AB,U+20AD-20BF,U+2100-2121,U+2123-214F",
  greek: "U+0370-03FF",
  cyrillic: "U+0400-052F",
  signs: "U+2194-21FF,U+2200-2211,U+2213-2214,U+2216-22FF,U+25A0-25FF",
};
const features = "kern,liga,calt,tnum,frac,case,ccmp,locl,mark,mkmk";
/** The weights that the styles use. */
const weights = "400:700";

/** Cuts Inter's variable fonts to woff2 and answers the style sheet that names the pieces. */
export async function makeFonts() {
  const version = readFileSync("/usr/lib/python3/dist-packages/fontTools/__init__.py");
  const faces = await Promise.all([["normal", "Inter-roman"], ["italic", "Inter-italic"]].map(async ([style, name]) => {
    const source = join(interFonts, `${name}.var.ttf`);
    const key = hashOf(version, readFileSync(source), weights, features);
    const narrow = () => cached(`${name}.ttf`, key, (file) => python("fontTools.varLib.instancer", source, `wght=${weights}`, "--no-recalc-timestamp", "--output", file));
    const pieces = Object.entries(ranges).map(([range, unicodes]) => [`${name}-${range}.woff2`, unicodes, hashOf(key, unicodes)]);
    const files = [];
    for (const [piece, unicodes, pieceKey] of pieces) {
      files.push(await cached(piece, pieceKey, async (file) => {
        await python("fontTools.subset", await narrow(), `--unicodes=${unicodes}`, `--layout-features=${features}`, "--flavor=woff2", `--output-file=${file}`);
      }));
    }
    return files.map((file, at) =>
      `@font-face{font-family:"Inter";src:url("${file}") format("woff2");font-weight:${weights.replace(":", " ")};font-style:${style};font-display:swap;unicode-range:${pieces[at][1]}}`);
  }));
  const sheet = join(cache, "inter.css");
  writeFileSync(sheet, `${faces.flat().join("\n")}\n`);
  return sheet;
}

const run = promisify(execFile);

/** Runs one of Python's tools; what it says is shown only where it fails. */
async function python(module, ...words) {
  try {
    await run("/usr/bin/python3", ["-m", module, ...words], { maxBuffer: 1 << 26 });
  } catch (error) {
    console.error(error.stderr ?? error);
    process.exit(1);
  }
}
