import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The Web folder. */
export const web = dirname(dirname(fileURLToPath(import.meta.url)));
export const dist = join(web, "dist");
/** What a build is made in, and what costs time to make and seldom changes. */
export const cache = join(dirname(web), ".build", "web-cache");

/** Debian's folders of JavaScript packages and fonts. */
export const modules = "/usr/share/nodejs";
export const pdf = "/usr/share/javascript/pdf";
export const katex = "/usr/share/javascript/katex";
export const interFonts = "/usr/share/fonts/truetype/inter-vf";
export const katexFonts = "/usr/share/fonts/truetype/katex";

/** Each Debian package that the bundle is made of, with a file that proves it is installed. */
export const packages = [
  ["node-react", `${modules}/react/index.js`],
  ["node-react-dom", `${modules}/react-dom/client.js`],
  ["node-typescript", `${modules}/typescript/lib/tsc.js`],
  ["esbuild", "/usr/bin/esbuild"],
  ["node-dompurify", `${modules}/dompurify/dist/purify.es.js`],
  ["node-marked", `${modules}/marked/lib/marked.esm.js`],
  ["libjs-katex", `${katex}/katex.mjs`],
  ["libjs-pdf", `${pdf}/build/pdf.worker.js`],
  ["fonts-katex", `${katexFonts}/KaTeX_Main-Regular.woff2`],
  ["fonts-inter-variable", `${interFonts}/Inter-roman.var.ttf`],
  ["python3-fonttools", "/usr/lib/python3/dist-packages/fontTools/__init__.py"],
  ["python3-brotli", "/usr/lib/python3/dist-packages/brotli.py"],
];

/** Ends the build with one sentence when a package is missing. */
export function requirePackages() {
  const missing = packages.filter(([, proof]) => !existsSync(proof)).map(([name]) => name);
  if (missing.length > 0) {
    console.error(`Web/build needs Debian packages that are not installed. Run: apt-get install ${missing.join(" ")}`);
    process.exit(1);
  }
}
