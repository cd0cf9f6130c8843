import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { constants, gzipSync } from "node:zlib";
import { cachedBytes, dropOld, hashOf } from "./cached.mjs";
import { earlyEntry } from "./early-entry.mjs";
import { makeFonts } from "./fonts.mjs";
import { budget, firstLoad } from "./first-load.mjs";
import { generateSources } from "./generate.mjs";
import { licenseNotes } from "./licenses.mjs";
import { mendedSanitizer } from "./sanitizer.mjs";
import { styleEntry } from "./styles.mjs";
import { mendedTypesetter } from "./typesetter.mjs";
import { languages } from "./words.mjs";
import { writeWorker } from "./worker.mjs";
import { cache, dist, katex, katexFonts, modules, pdf, requirePackages, web } from "./paths.mjs";

const started = Date.now();
const skipTypes = process.argv.includes("--no-types");
// The result is swapped in at the end: a server that runs meanwhile never serves half a build.
const out = join(cache, "dist");

requirePackages();
generateSources();
rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "assets"), { recursive: true });

// The types are checked beside the rest, and what was checked before is not checked again.
const types = skipTypes ? null : checkTypes();
const faces = await makeFonts();
const worker = await minifiedWorker();
const { script, first } = bundle(worker);
const style = styles();
const early = earlyScript("src/early.ts");
const earlyForm = earlyScript("src/earlyForm.ts");

copyStatic();
writeFileSync(join(out, "licenses.txt"), licenseNotes());
writeFileSync(join(out, "index.html"), page());
writeWorker(out);
await compress(out);
await types;
dropOld();
const { total, report } = firstLoad(out);
console.log(report);
if (total > budget) process.exit(1);
rmSync(dist, { recursive: true, force: true });
renameSync(out, dist);
console.log(`Web/dist: ${(folderSize(join(dist, "assets"), /\.js$/) / 1024).toFixed(0)} KB of script, built in ${Date.now() - started} ms`);

function run(command, args, options = {}) {
  try {
    return execFileSync(command, args, { cwd: web, stdio: ["ignore", "inherit", "inherit"], ...options });
  } catch (error) {
    process.exit(error.status ?? 1);
  }
}

function hashed(content) {
  return createHash("sha256").update(content).digest("hex").slice(0, 10).toUpperCase();
}

function checkTypes() {
  const known = join(cache, "types.tsbuildinfo");
  const checker = spawn("node", [`${modules}/typescript/lib/tsc.js`, "--project", join(web, "tsconfig.json"), "--incremental", "--tsBuildInfoFile", known], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  return new Promise((resolve) => checker.on("exit", (code) => (code === 0 ? resolve() : process.exit(code ?? 1))));
}

/** pdf.js's worker runs apart from the page, so it is a file of its own. */
async function minifiedWorker() {
  const source = `${pdf}/build/pdf.worker.js`;
  const options = ["--minify", "--legal-comments=none", "--log-level=error"];
  const version = execFileSync("esbuild", ["--version"]);
  const content = await cachedBytes("pdf.worker.js", hashOf(version, readFileSync(source), ...options), () =>
    run("esbuild", [source, ...options], { stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 26 }));
  const name = `pdf.worker-${hashed(content)}.js`;
  writeFileSync(join(out, "assets", name), content);
  return name;
}

/** The app in chunks, with the viewer's and the typesetter's libraries loaded when first needed. */
function bundle(workerName) {
  const outputs = esbuild([
    "src/main.ts", "--splitting", "--format=esm", "--target=es2022", "--jsx=automatic",
    // pdf.js asks for these only when it runs in Node.
    ...["fs", "canvas", "http", "https", "url", "zlib"].map((name) => `--external:${name}`),
    `--alias:marked=${modules}/marked/lib/marked.esm.js`, `--alias:dompurify=${mendedSanitizer()}`, `--alias:katex=${mendedTypesetter()}`,
    `--define:process.env.NODE_ENV="production"`, `--define:PDF_WORKER=${JSON.stringify(workerName)}`,
  ]);
  const pathOf = (source) => Object.keys(outputs).find((path) => outputs[path].entryPoint === source);
  // What whoever comes first needs is named in the page, so that it is fetched at once and not one after the other.
  const first = new Set();
  const collect = (path) => {
    if (first.has(path)) return;
    first.add(path);
    for (const each of outputs[path].imports) if (each.kind === "import-statement") collect(each.path);
  };
  for (const source of ["src/main.ts", "src/start.tsx", "src/session/EntryPage.tsx"]) collect(pathOf(source));
  const script = basename(pathOf("src/main.ts"));
  return { script, first: [...first].map((path) => basename(path)).filter((name) => name !== script) };
}

/** The style sheet of the whole app. */
function styles() {
  const outputs = esbuild([styleEntry(), "--loader:.woff2=file", `--alias:katex-style=${katexStyle()}`, `--alias:inter-faces=${faces}`]);
  return Object.keys(outputs).map((path) => basename(path)).find((file) => file.endsWith(".css"));
}

function esbuild(options) {
  const meta = join(out, "meta.json");
  run("esbuild", [
    ...options, "--bundle", "--minify", "--legal-comments=none", "--log-level=warning", `--outdir=${join(out, "assets")}`, `--metafile=${meta}`,
    "--entry-names=[name]-[hash]", "--chunk-names=chunk-[hash]", "--asset-names=[name]-[hash]",
  ], { env: { ...process.env, NODE_PATH: modules } });
  const { outputs } = JSON.parse(readFileSync(meta, "utf8"));
  rmSync(meta);
  return outputs;
}

/** KaTeX's style sheet, which the app's own may refine, with only the woff2 faces, at the place where Debian keeps them. */
function katexStyle() {
  const css = readFileSync(`${katex}/katex.min.css`, "utf8").replace(
    /src:\s*url\(fonts\/([^)]+\.woff2)\)[^;}]*/g, (_, file) => `src:url(${katexFonts}/${file}) format("woff2")`,
  );
  const file = join(out, "katex.css");
  writeFileSync(file, `@layer base {\n${css}}\n`);
  return file;
}

/** A small script that runs before the app: a file of its own because the page allows none inline. */
function earlyScript(source) {
  const content = run("esbuild", [source, "--bundle", "--minify", "--format=iife", "--log-level=warning"], { stdio: ["ignore", "pipe", "inherit"] });
  const name = `${basename(source, ".ts")}-${hashed(content)}.js`;
  writeFileSync(join(out, "assets", name), content);
  return name;
}

function copyStatic() {
  rmSync(join(out, "katex.css"), { force: true });
  cpSync(join(web, "static"), out, { recursive: true });
  const published = (path) => !/\.(py|sh)$/.test(path) && !path.includes("__pycache__");
  cpSync(join(web, "sample-course"), join(out, "sample-course"), { recursive: true, filter: published });
  for (const part of ["cmaps", "standard_fonts"]) {
    cpSync(join(pdf, "web", part), join(out, "pdf", part), { recursive: true, dereference: true });
  }
}

function page() {
  const preloads = first.map((name) => `<link rel="modulepreload" href="./assets/${name}">`).join("\n    ");
  const translated = languages().filter((language) => language !== "en").map((language) => `<template lang="${language}">${earlyEntry(language)}</template>`);
  const values = { script, preloads, style, early, earlyForm, entry: earlyEntry("en"), translated: translated.join("\n    ") };
  return readFileSync(join(web, "index.html"), "utf8").replace(/\{\{(\w+)\}\}/g, (_, key) => {
    if (values[key] === undefined) throw new Error(`index.html names {{${key}}}, which the build does not know`);
    return values[key];
  });
}

/** A .gz beside each text file, so that the server need not compress while it serves. */
async function compress(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await compress(path);
    else if (/\.(js|css|html|svg|txt|json|webmanifest|md)$/.test(extname(path)) && statSync(path).size > 1024) {
      const content = readFileSync(path);
      const small = () => gzipSync(content, { level: constants.Z_BEST_COMPRESSION });
      writeFileSync(`${path}.gz`, await cachedBytes("content.gz", hashOf(process.version, content), small));
    }
  }
}

function folderSize(folder, pattern) {
  return readdirSync(folder).filter((name) => pattern.test(name)).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}
