import assert from "node:assert/strict";
import test from "node:test";
import { plainText } from "./plainText";

test("a note's beginning is one line of plain words", () => {
  assert.equal(plainText("## Energy\n\n- **ATP** carries\\_it [1]\n- more [2]"), "Energy ATP carries_it more");
  assert.equal(plainText("| Cues | Notes |\n| --- | --- |\n| a | b [1] |"), "Cues Notes a b");
  assert.equal(plainText("1. First a[0](x)"), "First a[0](x)");
});
