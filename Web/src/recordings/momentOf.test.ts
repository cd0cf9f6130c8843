import assert from "node:assert/strict";
import test from "node:test";
import { momentOf } from "./momentOf";

const segments = [
  { words: [{ word: "Every", start: 0.2 }, { word: "cell", start: 0.6 }, { word: "divides.", start: 1 }] },
  { words: [{ word: "–", start: 7.5 }, { word: "Every", start: 8.1 }, { word: "cell", start: 8.5 }, { word: "carries", start: 9 }, { word: "it.", start: 9.4 }] },
];

test("words are found where they are said, whatever their marks", () => {
  assert.equal(momentOf("every cell carries it", segments, 0), 8.1);
  assert.equal(momentOf("[0:00] Every cell divides", segments, 0), 0.2);
  assert.equal(momentOf("cell", segments, 8), 8.5);
});

test("words that were corrected since begin with their paragraph", () => {
  assert.equal(momentOf("The nucleus holds it", segments, 7), 7);
  assert.equal(momentOf("", segments, 7), 7);
});
