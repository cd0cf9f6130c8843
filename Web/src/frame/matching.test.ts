import assert from "node:assert/strict";
import test from "node:test";
import type { Area } from "./Area";
import { matchPattern, placeAt, redirectFrom } from "./matching";

const area: Area = {
  name: "reading",
  routes: [{ pattern: "/d/:id", page: "document" }, { pattern: "/d/new", page: "never" }],
  redirects: [{ pattern: "/documents/:id", to: ({ id = "" }, query) => `/d/${id}?${query.toString()}` }],
  load: () => Promise.resolve({}),
  forget: () => undefined,
};

test("a pattern's parts after a colon are what the path says there", () => {
  assert.deepEqual(matchPattern("/c/:course/talk/:talk", "/c/a%20b/talk/7/"), { course: "a b", talk: "7" });
  assert.deepEqual(matchPattern("/", "/"), {});
});

test("a path with a part more or less, or another word, does not fit", () => {
  for (const path of ["/c/a", "/c/a/talk/b/c", "/c/a/chat/b", "/"]) assert.equal(matchPattern("/c/:course/talk/:talk", path), null);
});

test("an escape that is none stays as it is written", () => {
  assert.deepEqual(matchPattern("/d/:id", "/d/%E0%A4%A"), { id: "%E0%A4%A" });
});

test("the first route that fits names the page", () => {
  const found = placeAt([area], "/d/new", "page=3");
  assert.equal(found?.place.page, "document");
  assert.equal(found?.place.query.get("page"), "3");
  assert.equal(placeAt([area], "/nowhere", ""), null);
});

test("an address of before leads on with what it said", () => {
  assert.equal(redirectFrom([area], "/documents/4", "page=2"), "/d/4?page=2");
  assert.equal(redirectFrom([area], "/d/4", ""), null);
});
