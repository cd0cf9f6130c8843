import assert from "node:assert/strict";
import test from "node:test";
import { paragraphsOf } from "./paragraphs";

test("lines join into paragraphs, headings and items stand alone", () => {
  const text = "# Cells\n\nA cell is\nsmall.\n\n- one\n  more\n- two\nAfter";
  assert.deepEqual(paragraphsOf(text), [
    { kind: "heading", level: 1, text: "Cells" },
    { kind: "text", level: 0, text: "A cell is small." },
    { kind: "item", level: 0, text: "one more" },
    { kind: "item", level: 0, text: "two" },
    { kind: "text", level: 0, text: "After" },
  ]);
});

test("code keeps its lines", () => {
  assert.deepEqual(paragraphsOf("```\na\n  b\n```"), [{ kind: "code", level: 0, text: "a\n  b" }]);
});
