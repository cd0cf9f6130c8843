import assert from "node:assert/strict";
import test from "node:test";
import { wordPlaces } from "./wordPlaces";

test("words are found in order, also where one comes twice", () => {
  assert.deepEqual(wordPlaces("The cell. The cell divides.", ["The", "cell", "The", "cell", "divides"]), [
    { start: 0, end: 3 }, { start: 4, end: 8 }, { start: 10, end: 13 }, { start: 14, end: 18 }, { start: 19, end: 26 },
  ]);
});

test("what is shown otherwise is passed over, and the rest is found", () => {
  const places = wordPlaces("Energy is E=mc2 for all.", ["Energy", "is", "$E=mc^2$", "for", "all"]);
  assert.equal(places[2], null);
  assert.deepEqual(places[3], { start: 16, end: 19 });
});

test("a word that only comes far below is not taken for the next", () => {
  assert.equal(wordPlaces(`One ${"x".repeat(400)} cell`, ["One", "cell"])[1], null);
});
