import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { cache, interFonts } from "./paths.mjs";

/** Latin, Greek, Cyrillic, punctuation, arrows and mathematical signs: what study texts in Inter need. */
const unicodes =
  "U+0020-024F,U+0300-036F,U+0370-03FF,U+0400-052F,U+1E00-1EFF,U+2000-20BF,U+2100-214F,U+2190-21FF,U+2200-22FF,U+25A0-25FF";
const features = "kern,liga,calt,tnum,frac,case,ccmp,locl,mark,mkmk";

/** Subsets Inter's variable fonts to woff2, once; answers the folder that holds them. */
export function makeFonts() {
  const folder = join(cache, "fonts");
  mkdirSync(folder, { recursive: true });
  for (const name of ["Inter-roman", "Inter-italic", "InterDisplay-roman"]) {
    const output = join(folder, `${name}.woff2`);
    if (existsSync(output)) continue;
    execFileSync("/usr/bin/python3", [
      "-m", "fontTools.subset", join(interFonts, `${name}.var.ttf`),
      `--unicodes=${unicodes}`, `--layout-features=${features}`, "--flavor=woff2", `--output-file=${output}`,
    ], { stdio: "inherit" });
  }
  return folder;
}
