import assert from "node:assert/strict";
import test from "node:test";
import type { NoteCitation } from "../api/notes";
import { withBoth } from "./withBoth";

function cite(number: number, place: string): NoteCitation {
  return { number, document_id: "d", chunk_id: place, title: "T", quote: place, start: 0, end: 4 };
}

test("two texts keep what their numbers stand for", () => {
  const both = withBoth({ text: "Mine [1] [2], a[0] and [7].", citations: [cite(1, "a"), cite(2, "b")] }, { text: "Theirs [1].\n", citations: [cite(1, "b")] });
  assert.equal(both.text, "Theirs [1].\n\n---\n\nMine [2] [1], a[0] and [7].");
  assert.deepEqual(both.citations.map(({ number, chunk_id }) => [number, chunk_id]), [[1, "b"], [2, "a"]]);
});

test("one text alone gets the numbers that are free", () => {
  assert.equal(withBoth({ text: "Mine [1].", citations: [cite(1, "a")] }, { text: "", citations: [cite(1, "b")] }).text, "Mine [2].");
});
