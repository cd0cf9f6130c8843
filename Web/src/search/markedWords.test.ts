import assert from "node:assert/strict";
import test from "node:test";
import { markedWords } from "./markedWords";

const hits = (passage: string, query: string) => markedWords(passage, query).filter((piece) => piece.hit).map((piece) => piece.text);

test("the query's words are marked, with other endings of long ones", () => {
  assert.deepEqual(hits("Membranes are thin. A membrane holds.", "membrane"), ["Membranes", "membrane"]);
  assert.deepEqual(hits("A cat in a category", "cat"), ["cat", "category"]);
  assert.deepEqual(hits("Nothing here", "a (b) [c"), []);
});

test("no letter is lost or doubled", () => {
  const passage = "Der Übergang über die Brücke über den Fluss";
  assert.equal(markedWords(passage, "über").map((piece) => piece.text).join(""), passage);
});

test("a long passage is cut around the first hit", () => {
  const pieces = markedWords(`${"lorem ".repeat(200)}osmosis ${"ipsum ".repeat(200)}`, "osmosis");
  assert.ok(pieces.some((piece) => piece.hit));
  assert.equal(pieces[0]?.text, "… ");
  assert.ok(pieces.map((piece) => piece.text).join("").length < 440);
});
