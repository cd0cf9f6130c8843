import assert from "node:assert/strict";
import test from "node:test";
import type { Paragraph } from "./paragraphs";
import { spokenTexts, stretchEnd } from "./readingText";

const paragraph = (text: string, more: Partial<Paragraph> = {}): Paragraph => ({ kind: "text", level: 0, marker: "", leaves: [{ text }], rows: [], headRows: 0, page: 1, offset: 0, ...more });

test("formulas, code and tables are handed on as what they are", () => {
  const table = paragraph("", { kind: "table", leaves: [], headRows: 1, rows: [[[{ text: "a" }], [{ text: "b|c" }]], [[{ text: "1" }], [{ text: "2" }]]] });
  const formula = paragraph("", { leaves: [{ text: "Energy is " }, { text: "E=mc^2", math: "inline" }, { text: "." }] });
  assert.equal(
    spokenTexts([paragraph("Tea", { kind: "heading", level: 1 }), formula, paragraph("", { kind: "figure", leaves: [] }), paragraph("x = 1", { kind: "code" }), table]),
    "Tea\n\nEnergy is $E=mc^2$.\n\n```\nx = 1\n```\n\n| a | b\\|c |\n|---|---|\n| 1 | 2 |",
  );
});

test("a stretch ends before a heading or when it is long, and none is empty", () => {
  const heading = paragraph("Next", { kind: "heading", level: 2 });
  const text = (length: number) => paragraph("x".repeat(length));
  assert.equal(stretchEnd([text(100), heading, text(100)], 0), 3);
  assert.equal(stretchEnd([text(700), heading, text(100)], 0), 1);
  assert.equal(stretchEnd([text(700), heading, text(100)], 1), 3);
  assert.equal(stretchEnd([text(9000), text(10)], 0), 1);
  assert.equal(stretchEnd([], 0), 0);
});
