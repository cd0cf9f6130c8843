import assert from "node:assert/strict";
import test from "node:test";
import { spokenText, tagsIn, withGap } from "./gaps";

test("a selection becomes a gap of the next number", () => {
  assert.deepEqual(withGap("ATP is made", 0, 3), { text: "{{c1::ATP}} is made", cursor: 11 });
  assert.equal(withGap("{{c1::ATP}} is made", 15, 19).text, "{{c1::ATP}} is {{c2::made}}");
  assert.deepEqual(withGap("", 0, 0), { text: "{{c1::}}", cursor: 6 });
});

test("what is read aloud has no signs of markup", () => {
  assert.equal(spokenText("## The **[…]** makes <b>ATP</b>\n- `x`"), "The … makes ATP - x");
});

test("tags are told apart by commas, each once", () => {
  assert.deepEqual(tagsIn(" cell, exam  1,, cell"), ["cell", "exam 1"]);
});
