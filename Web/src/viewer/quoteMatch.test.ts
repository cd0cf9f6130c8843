import assert from "node:assert/strict";
import test from "node:test";
import { findAll, matchQuote, MatchRange } from "./quoteMatch";

const cut = (items: string[], ranges: MatchRange[]) => ranges.map((range) => items[range.item]?.slice(range.start, range.end));

test("white space and case do not matter", () => {
  const items = ["The  plasma ", "MEMBRANE is", " thin."];
  const match = matchQuote(items, "plasma membrane\nis thin");
  assert.equal(match?.kind, "exact");
  assert.deepEqual(cut(items, match?.ranges ?? []), ["plasma", "MEMBRANE is", "thin"]);
});

test("a word broken at a line's end is one word", () => {
  const items = ["selective perme-", "ability of the bi\u00ADlayer"];
  assert.equal(matchQuote(items, "selective permeability of the bilayer")?.kind, "exact");
});

test("ligatures, accents and raised digits match their plain forms", () => {
  assert.equal(matchQuote(["The ﬁrst eﬀect of Ca²⁺ in naïve cells"], "first effect of Ca2+ in naive cells")?.kind, "exact");
  assert.equal(matchQuote(["“Water’s” path"], "\"Water's\" path")?.kind, "exact");
});

test("a quote that a page's foot interrupts is found in its sentences", () => {
  const items = ["Glucose is split into two pyruvate molecules.", "Page 4", "The pyruvate then enters the mitochondrion."];
  const match = matchQuote(items, "Glucose is split into two pyruvate molecules. The pyruvate then enters the mitochondrion.");
  assert.equal(match?.kind, "partial");
  assert.deepEqual(match?.ranges.map((range) => range.item), [0, 2]);
});

test("a quote that was worded a little differently finds the nearest stretch", () => {
  const items = ["Plants keep starch. ", "The electron transport chain pumps protons across the inner membrane of mitochondria", " and oxygen waits."];
  const match = matchQuote(items, "electron transport chains pump protons across the inner mitochondrial membrane");
  assert.equal(match?.kind, "near");
  assert.deepEqual(match?.ranges.map((range) => range.item).filter((item, index, all) => all.indexOf(item) === index), [1]);
});

test("a quote that is not there is not found", () => {
  assert.equal(matchQuote(["Nothing of the sort is written on this page at all."], "Osmosis drives water through aquaporins quickly"), null);
  assert.equal(matchQuote([], "x y z"), null);
  assert.equal(matchQuote(["text"], "..."), null);
});

test("characters beyond the basic plane keep the offsets right", () => {
  const items = ["𝛼𝛽 then αβγ end"];
  const match = matchQuote(items, "then αβγ");
  assert.deepEqual(cut(items, match?.ranges ?? []), ["then αβγ"]);
});

test("every place of some words is found, across items and whatever their case", () => {
  assert.deepEqual(findAll(["The valve. A VAL", "VE opens."], "valve"), [
    [{ item: 0, start: 4, end: 9 }], [{ item: 0, start: 13, end: 16 }, { item: 1, start: 0, end: 2 }],
  ]);
  assert.deepEqual(findAll(["The valve."], " ."), []);
  assert.deepEqual(findAll([], "valve"), []);
});
