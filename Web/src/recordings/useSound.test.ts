import assert from "node:assert/strict";
import test from "node:test";
import { afterSilence } from "./useSound";

const spoken = [{ start: 0, end: 4 }, { start: 4.5, end: 8 }, { start: 20, end: 25 }];

test("a long silence is left out, but for a breath at both ends", () => {
  assert.equal(afterSilence(spoken, 8.1), null);
  assert.equal(afterSilence(spoken, 9), 20 - 0.4);
});

test("nothing is left out where somebody speaks, where the pause is short, or behind the last word", () => {
  assert.equal(afterSilence(spoken, 2), null);
  assert.equal(afterSilence(spoken, 4.2), null);
  assert.equal(afterSilence(spoken, 19.5), null);
  assert.equal(afterSilence(spoken, 26), null);
});
