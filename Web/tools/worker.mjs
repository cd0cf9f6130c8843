import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { web } from "./paths.mjs";

/** Larger files, such as the libraries of the viewer and the typesetter, are kept once they have been used. */
const largest = 200 * 1024;

/** Writes the service worker, which changes when any file of the app does. */
export function writeWorker(out) {
  const assets = readdirSync(join(out, "assets")).filter((name) => /\.(js|css|woff2)$/.test(name)).sort();
  const small = assets.filter((name) => /\.(js|css)$/.test(name) && statSync(join(out, "assets", name)).size <= largest);
  const page = readFileSync(join(out, "index.html"), "utf8");
  const named = assets.filter((name) => page.includes(name));
  const files = [...new Set([...named, ...small])].map((name) => `assets/${name}`);
  const version = createHash("sha256").update(page + assets.join()).digest("hex").slice(0, 12);
  const source = readFileSync(join(web, "worker", "worker.js"), "utf8");
  writeFileSync(join(out, "worker.js"), source.replace("__VERSION__", version).replace("__FILES__", JSON.stringify(files)));
}
