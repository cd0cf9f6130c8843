import assert from "node:assert/strict";
import test from "node:test";
import { secondOf } from "./secondOf";

test("a paragraph of subtitles begins with its second", () => {
  assert.equal(secondOf("[0:07] Every cell"), 7);
  assert.equal(secondOf("[1:02:03] Ada: Every cell"), 3723);
  assert.equal(secondOf("Every [0:07] cell"), null);
});
