import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { cache, modules, web } from "./paths.mjs";

/**
 * The form of sign-in as the app itself would draw it, in a language: it stands in the page, so that it can be used before the
 * first script has come. The same view draws it later, so nothing moves when the app takes it over.
 */
export function earlyEntry(language) {
  const source = join(web, "src");
  const entry = join(cache, "early-entry.mjs");
  const output = join(cache, "early-entry.out.mjs");
  writeFileSync(entry, `
    import { createElement as h } from "react";
    import { renderToStaticMarkup } from "react-dom/server";
    import { Field } from "${source}/design/Field";
    import { EntryView } from "${source}/session/EntryView";
    import { loadWords, t } from "${source}/strings/t";
    await loadWords();
    const fields = [
      h(Field, { key: 1, label: t("session.email"), type: "email", autoComplete: "email", required: true }),
      h(Field, { key: 2, label: t("session.password"), type: "password", autoComplete: "current-password", required: true, maxLength: 1024 }),
    ];
    process.stdout.write(renderToStaticMarkup(h(EntryView, { title: t("session.signIn"), lead: t("session.signInLead"), action: t("session.signIn") }, fields)));
  `);
  const environment = { ...process.env, NODE_PATH: modules };
  execFileSync("esbuild", [
    entry, "--bundle", "--platform=node", "--format=esm", "--target=node20", "--jsx=automatic", "--log-level=warning", `--outfile=${output}`,
    `--define:process.env.NODE_ENV="production"`,
    // The language is what the reader has chosen.
    `--banner:js=import { createRequire } from "node:module"; const require = createRequire(import.meta.url); globalThis.localStorage = { getItem: () => "${language}" };`,
  ], { cwd: web, env: environment, stdio: "inherit" });
  return execFileSync("node", [output], { env: environment, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}
