import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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

/** Cuts Inter's variable fonts to woff2, once, and answers the style sheet that names the pieces. */
export function makeFonts() {
  const folder = join(cache, "fonts");
  mkdirSync(folder, { recursive: true });
  const faces = [];
  for (const [style, name] of [["normal", "Inter-roman"], ["italic", "Inter-italic"]]) {
    const narrowed = join(folder, `${name}.${weights.replace(":", "-")}.ttf`);
    if (!existsSync(narrowed)) python("fontTools.varLib.instancer", join(interFonts, `${name}.var.ttf`), `wght=${weights}`, "--output", narrowed);
    for (const [range, unicodes] of Object.entries(ranges)) {
      const output = join(folder, `${name}-${range}.woff2`);
      if (!existsSync(output)) {
        python("fontTools.subset", narrowed, `--unicodes=${unicodes}`, `--layout-features=${features}`, "--flavor=woff2", `--output-file=${output}`);
      }
      faces.push(
        `@font-face{font-family:"Inter";src:url("${output}") format("woff2");font-weight:${weights.replace(":", " ")};font-style:${style};font-display:swap;unicode-range:${unicodes}}`,
      );
    }
  }
  const sheet = join(folder, "inter.css");
  writeFileSync(sheet, `${faces.join("\n")}\n`);
  return sheet;
}

function python(module, ...words) {
  execFileSync("/usr/bin/python3", ["-m", module, ...words], { stdio: ["ignore", "ignore", "inherit"] });
}
