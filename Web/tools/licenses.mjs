import { existsSync, readFileSync, realpathSync } from "node:fs";

const shipped = [
  ["React", "node-react"], ["DOMPurify", "node-dompurify"], ["Marked", "node-marked"], ["KaTeX", "libjs-katex"],
  ["KaTeX fonts", "fonts-katex"], ["PDF.js", "libjs-pdf"], ["Inter", "fonts-inter-variable"],
];

/** The notices of everything in the bundle that others wrote, from Debian's own records. */
export function licenseNotes() {
  const parts = ["The web app of Little Monster includes the following works of others.\n"];
  for (const [name, debianPackage] of shipped) {
    const file = `/usr/share/doc/${debianPackage}/copyright`;
    if (!existsSync(file)) throw new Error(`${file} is missing: the notices of ${name} must be shipped`);
    parts.push(`${"=".repeat(78)}\n${name}\n${"=".repeat(78)}\n${readFileSync(realpathSync(file), "utf8").trim()}\n`);
  }
  return parts.join("\n");
}
