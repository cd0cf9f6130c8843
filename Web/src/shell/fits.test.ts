import assert from "node:assert/strict";
import test from "node:test";
import { fits } from "./fits";

test("the beginnings of words find a line, in any order and without accents", () => {
  assert.ok(fits("Cell Biology", "bio"));
  assert.ok(fits("Cell Biology", "bio cel"));
  assert.ok(fits("Théorie des graphes", "theo"));
  assert.ok(fits("Anything", ""));
});

test("what stands within a word finds nothing", () => {
  assert.ok(!fits("Cell Biology", "ology"));
  assert.ok(!fits("Cell Biology", "cell chem"));
});
