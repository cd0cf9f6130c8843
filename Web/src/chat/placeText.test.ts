import assert from "node:assert/strict";
import test from "node:test";
import { placeText } from "./placeText";

test("a place names what is known and does not repeat the title", () => {
  assert.equal(placeText({ title: "Cells", page: 4, section: "Cells › Membranes › Transport" }), " · page 4 · Membranes › Transport");
  assert.equal(placeText({ title: "Cells", section: "Cells" }), "");
  assert.equal(placeText({ title: "Cells", page: null, section: null }), "");
});
