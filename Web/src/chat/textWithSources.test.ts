import assert from "node:assert/strict";
import test from "node:test";
import { textWithSources } from "./textWithSources";

const message = { id: "1", role: "assistant", status: "completed", content: "Water moves [1].\n", citations: [] } as const;

test("a copied answer says what its numbers stand for", () => {
  const citations = [{ number: 1, document_id: "d", chunk_id: "c", title: "Cells", page: 4, quote: "q", start: 0, end: 1, score: 1 }];
  assert.equal(textWithSources({ ...message, citations }), "Water moves [1].\n\nSources\n[1] Cells · page 4\n");
});

test("an answer without sources is copied as it is", () => {
  assert.equal(textWithSources({ ...message, citations: [] }), "Water moves [1].\n");
});
