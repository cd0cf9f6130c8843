import assert from "node:assert/strict";
import test from "node:test";
import { dayText, daysSince } from "./days";

const now = new Date(2026, 2, 10, 0, 30);

test("days are the reader's own, whatever the hours between", () => {
  assert.equal(daysSince(new Date(2026, 2, 9, 23, 50), now), 1);
  assert.equal(daysSince(new Date(2026, 2, 10, 0, 5), now), 0);
});

test("a day close by has a name, one further off a date, one of another year its year", () => {
  const at = (...parts: [number, number, number]) => dayText(new Date(...parts).toISOString(), now);
  assert.equal(at(2026, 2, 10), "today");
  assert.equal(at(2026, 2, 9), "yesterday");
  assert.match(at(2026, 1, 3), /^(Feb 3|3 Feb)$/);
  assert.match(at(2024, 1, 3), /2024/);
  assert.equal(dayText("no time at all", now), "");
});
