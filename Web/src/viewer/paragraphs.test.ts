import assert from "node:assert/strict";
import test from "node:test";
import { leavesOf, Paragraph, paragraphsOf } from "./paragraphs";

const paragraph = (kind: Paragraph["kind"], content: string, offset: number, more: Partial<Paragraph> = {}): Paragraph =>
  ({ kind, level: 0, marker: "", leaves: [{ text: content }], rows: [], headRows: 0, page: 1, offset, ...more });

const cells = (...rows: string[][]) => rows.map((row) => row.map((text) => [{ text }]));

test("headings are told by where the server says they begin, counted in whole characters", () => {
  const page = { number: 1, text: "𝛼 cells\n\nA cell is\nsmall.\n\nMore", headings: [{ level: 2, title: "𝛼 cells", offset: 0 }, { level: 3, title: "More", offset: 27 }], blocks: [] };
  assert.deepEqual(paragraphsOf(page), [
    paragraph("heading", "𝛼 cells", 0, { level: 2 }),
    paragraph("text", "A cell is\nsmall.", 9),
    paragraph("heading", "More", 27, { level: 3 }),
  ]);
});

test("list items keep their markers and tables their lines where the server tells nothing", () => {
  const page = { number: 1, text: "• one\n\n  2. two\n\nStage | ATP\nGlycolysis | 2\n\nNo | table", headings: [], blocks: [] };
  assert.deepEqual(paragraphsOf(page), [
    paragraph("item", "one", 0, { marker: "•" }),
    paragraph("item", "two", 7, { marker: "2.", level: 1 }),
    paragraph("table", "", 17, { leaves: [], rows: cells(["Stage", "ATP"], ["Glycolysis", "2"]) }),
    paragraph("text", "No | table", 45),
  ]);
});

test("a figure stands where the server says, with its caption or without", () => {
  const page = { number: 2, text: "Before\n\nFigure 1: Cells\n\nAfter", headings: [], blocks: [{ kind: "figure" as const, start: 8, end: 23, picture: "a.png" }, { kind: "figure" as const, start: 23, end: 23 }] };
  assert.deepEqual(paragraphsOf(page), [
    paragraph("text", "Before", 0, { page: 2 }),
    paragraph("figure", "Figure 1: Cells", 8, { page: 2, hasPicture: true }),
    { ...paragraph("figure", "", 23, { page: 2 }), leaves: [] },
    paragraph("text", "After", 25, { page: 2 }),
  ]);
});

test("what the server tells goes before what the form shows", () => {
  const text = "Which?\n\nB) Heart\n\nNa | Cl\\|2\n\nfor x:\n\n    # no heading\n\nEnergy is $E = mc^2$ here.\n\n$$\\sum x$$";
  const at = (piece: string) => ({ start: text.indexOf(piece), end: text.indexOf(piece) + piece.length });
  const page = {
    number: 1, text, headings: [],
    blocks: [
      { kind: "item" as const, ...at("B) Heart"), marker: 3, level: 1 },
      { kind: "table" as const, ...at("Na | Cl\\|2"), head_rows: 1 },
      { kind: "code" as const, ...at("for x:\n\n    # no heading") },
      { kind: "formula" as const, ...at("$E = mc^2$") },
      { kind: "formula" as const, ...at("$$\\sum x$$") },
    ],
  };
  assert.deepEqual(paragraphsOf(page), [
    paragraph("text", "Which?", 0),
    paragraph("item", "Heart", 8, { marker: "B)", level: 1 }),
    paragraph("table", "", 18, { leaves: [], rows: cells(["Na", "Cl|2"]), headRows: 1 }),
    paragraph("code", "for x:\n\n    # no heading", 30),
    paragraph("text", "", 56, { leaves: [{ text: "Energy is " }, { text: "E = mc^2", math: "inline" }, { text: " here." }] }),
    paragraph("text", "", 84, { leaves: [{ text: "\\sum x", math: "display" }] }),
  ]);
  assert.equal(paragraphsOf(page).flatMap(leavesOf).length, 9);
});

test("a formula that fills a cell is typeset there, and an empty cell stays", () => {
  const text = "a | | $x^2$\n | 1 |";
  const page = { number: 1, text, headings: [], blocks: [{ kind: "table" as const, start: 0, end: text.length }, { kind: "formula" as const, start: 6, end: 11 }] };
  assert.deepEqual(paragraphsOf(page)[0]?.rows, [[[{ text: "a" }], [{ text: "" }], [{ text: "x^2", math: "inline" }]], [[{ text: "" }], [{ text: "1" }], [{ text: "" }]]]);
});

test("a long table that goes on below its head again is one", () => {
  const text = "n | x\n1 | a\n\nn | x\n2 | b";
  const blocks = [{ kind: "table" as const, start: 0, end: 11, head_rows: 1 }, { kind: "table" as const, start: 13, end: 24, head_rows: 1 }];
  const [table, ...more] = paragraphsOf({ number: 1, text, headings: [], blocks });
  assert.deepEqual(table?.rows, cells(["n", "x"], ["1", "a"], ["2", "b"]));
  assert.deepEqual(more, []);
});

test("a formula in a table's cell is typeset beside the words that stand there", () => {
  const text = "Area | $a^2$ of a square\n | b\\|c";
  const start = text.indexOf("$a");
  const page = { number: 1, text, headings: [], blocks: [{ kind: "table" as const, start: 0, end: text.length }, { kind: "formula" as const, start, end: start + 5 }] };
  assert.deepEqual(paragraphsOf(page)[0]?.rows, [
    [[{ text: "Area" }], [{ text: "a^2", math: "inline" }, { text: " of a square" }]],
    [[{ text: "" }], [{ text: "b|c" }]],
  ]);
});
