import { execFileSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { generateSources } from "./generate.mjs";
import { cache, modules, web } from "./paths.mjs";

const output = join(cache, "tests");
const tests = readdirSync(join(web, "src"), { recursive: true }).filter((file) => file.endsWith(".test.ts"));
rmSync(output, { recursive: true, force: true });
generateSources();
const environment = { ...process.env, NODE_PATH: modules };
try {
  execFileSync("esbuild", [
    ...tests.map((file) => join("src", file)), "--bundle", "--platform=node", "--format=esm", "--target=node20",
    "--out-extension:.js=.mjs", `--outdir=${output}`, "--log-level=warning",
    `--alias:marked=${modules}/marked/lib/marked.esm.js`,
  ], { cwd: web, env: environment, stdio: "inherit" });
  const files = readdirSync(output, { recursive: true }).filter((file) => file.endsWith(".test.mjs"));
  const tools = readdirSync(join(web, "tools")).filter((file) => file.endsWith(".test.mjs"));
  execFileSync("node", ["--test", ...files.map((file) => join(output, file)), ...tools.map((file) => join(web, "tools", file))], { stdio: "inherit" });
} catch (error) {
  process.exit(error.status ?? 1);
}
