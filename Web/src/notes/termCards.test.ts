import assert from "node:assert/strict";
import test from "node:test";
import { termCards } from "./termCards";

test("terms of a glossary become cards that lead to their passages, each once", () => {
  const citation = { number: 2, document_id: "d", chunk_id: "c", title: "Cells", page: 3, quote: "ATP is the fuel." };
  const content = "# Words\n\n- **ATP**: The *fuel* of a cell. [2]\n- **ATP**: again\n- **Nucleus** – holds the genes\n- no term: here\n";
  const cards = termCards({ id: "n", content, citations: [citation] as never });
  assert.deepEqual(cards.map(({ front }) => front), ["ATP", "Nucleus"]);
  assert.deepEqual(cards[0]?.source, { document_id: "d", chunk_id: "c", quote: "ATP is the fuel.", title: "Cells", page: 3 });
  assert.equal(cards[1]?.source, undefined);
  assert.equal(cards[0]?.key, "note:n:atp");
});
