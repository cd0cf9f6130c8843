import assert from "node:assert/strict";
import test from "node:test";
import { paragraphsOf } from "./paragraphs";

const text = (content: string, offset: number) => ({ kind: "text", level: 0, marker: "", text: content, page: 1, offset });

test("headings are told by where the server says they begin, counted in whole characters", () => {
  const page = { number: 1, text: "𝛼 cells\n\nA cell is\nsmall.\n\nMore", headings: [{ level: 2, title: "𝛼 cells", offset: 0 }, { level: 3, title: "More", offset: 27 }] };
  assert.deepEqual(paragraphsOf(page), [
    { kind: "heading", level: 2, marker: "", text: "𝛼 cells", page: 1, offset: 0 },
    text("A cell is\nsmall.", 9),
    { kind: "heading", level: 3, marker: "", text: "More", page: 1, offset: 27 },
  ]);
});

test("list items keep their markers and tables their lines", () => {
  const page = { number: 1, text: "• one\n\n  2. two\n\nStage | ATP\nGlycolysis | 2\n\nNo | table", headings: [] };
  assert.deepEqual(paragraphsOf(page), [
    { kind: "item", level: 0, marker: "•", text: "one", page: 1, offset: 0 },
    { kind: "item", level: 1, marker: "2.", text: "two", page: 1, offset: 7 },
    { kind: "table", level: 0, marker: "", text: "Stage | ATP\nGlycolysis | 2", page: 1, offset: 17 },
    text("No | table", 45),
  ]);
});
