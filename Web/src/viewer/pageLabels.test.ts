import assert from "node:assert/strict";
import test from "node:test";
import { pageLabels } from "./pageLabels";

test("pages are called as the file calls them, where that is not their number", () => {
  const labels = pageLabels([{ page: 1, prefix: "", style: "r", start: 1 }, { page: 5, prefix: "", style: "D", start: 1 }, { page: 9, prefix: "A-", style: "D", start: 3 }, { page: 10, prefix: "", style: "A", start: 27 }], 10);
  assert.deepEqual([1, 4, 5, 8, 9, 10].map(labels.of), ["i", "iv", "1", "4", "A-3", "AA"]);
  assert.equal(labels.page("IV"), 4);
  assert.equal(labels.page("a-3"), 9);
  assert.equal(labels.page("7"), null);
  assert.equal(pageLabels([{ page: 1, prefix: "", style: "D", start: 1 }], 3).of(2), null);
});
