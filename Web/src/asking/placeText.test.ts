import assert from "node:assert/strict";
import test from "node:test";
import { placeText, quoteText } from "./placeText";

test("a place names what is known and does not repeat the title", () => {
  assert.equal(placeText({ title: "Cells", page: 4, section: "Cells › Membranes › Transport" }), " · page 4 · Membranes › Transport");
  assert.equal(placeText({ title: "Cells", page: 6, page_label: "iv" }), " · page iv (6)");
  assert.equal(placeText({ title: "Cells", section: "Cells" }), "");
  assert.equal(placeText({ title: "Cells", page: null, section: null }), "");
});

test("a quotation does not begin with the heading that its place names", () => {
  assert.equal(quoteText({ section: "Transport › Osmosis", quote: "Osmosis Osmosis is diffusion." }), "Osmosis is diffusion.");
  assert.equal(quoteText({ section: "Osmosis", quote: "Osmosis" }), "Osmosis");
  assert.equal(quoteText({ section: "Osmo", quote: "Osmosis is diffusion." }), "Osmosis is diffusion.");
  assert.equal(quoteText({ section: "Mistakes", quote: "Mistakes • Writing too little" }), "Writing too little");
  assert.equal(quoteText({ section: null, quote: "Water moves." }), "Water moves.");
});
