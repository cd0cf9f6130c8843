import assert from "node:assert/strict";
import test from "node:test";
import { wordAt } from "./Reading";

test("the word that is being said is the last that has begun", () => {
  const words = [{ start: 0.1 }, { start: 0.5 }, { start: 0.9 }];
  assert.equal(wordAt(words, 0), -1);
  assert.equal(wordAt(words, 0.1), 0);
  assert.equal(wordAt(words, 0.6), 1);
  assert.equal(wordAt(words, 60), 2);
  assert.equal(wordAt([], 1), -1);
});
