import assert from "node:assert/strict";
import { createRequire } from "node:module";
import test from "node:test";
import { literalWords } from "./literal-words.mjs";
import { modules } from "./paths.mjs";

const ts = createRequire(import.meta.url)(`${modules}/typescript/lib/typescript.js`);
const found = (source) => literalWords(ts, ts.createSourceFile("a.tsx", source, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TSX)).map(({ text }) => text);

test("words between tags, in what is read out and in what is shown are found", () => {
  assert.deepEqual(found(`<p title="Close it" className="wide open">Hello <b>{busy ? "One moment" : t("a.b")}</b></p>`), ["Close it", "Hello", "One moment"]);
  assert.deepEqual(found(`<input aria-label={\`Ask \${title}\`} placeholder={x || "Name"} />`), ["Ask", "Name"]);
  assert.deepEqual(found(`showToast("Saved"); const items = [{ label: "Rename", run }]; throw new Error("It is gone. Try again.");`), ["Saved", "Rename", "It is gone. Try again."]);
});

test("names, addresses, classes, headers and faults of programmers are none", () => {
  assert.deepEqual(found(`import x from "./a b"; const h = { "Content-Type": "application/json", Accept: "text/event-stream" };
    fetch("/a/b", { method: "POST" }); new TypeError("No such page in this area."); type T = "One of these"; <Icon name="pencil" /> ; <p>·</p>;
    if (event.key === "Escape") document.querySelector("main .list > li");`), []);
});
