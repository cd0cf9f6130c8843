import assert from "node:assert/strict";
import test from "node:test";
import { dayName, lastDays, weeksBack } from "./lastDays";

const today = new Date(2026, 2, 4, 15);

test("days without anything stand among the others", () => {
  const day = { date: "2026-03-03", reviews: 4, new: 1, remembered: 3, duration_ms: 8000 };
  assert.deepEqual(lastDays([day], 3, today).map(({ date, reviews }) => [date, reviews]), [["2026-03-02", 0], ["2026-03-03", 4], ["2026-03-04", 0]]);
});

test("weeks begin on Monday, and what is to come is left out", () => {
  const weeks = weeksBack(2, today);
  assert.deepEqual(weeks.map((week) => week.map((day) => (day === null ? null : dayName(day)))), [
    ["2026-02-23", "2026-02-24", "2026-02-25", "2026-02-26", "2026-02-27", "2026-02-28", "2026-03-01"],
    ["2026-03-02", "2026-03-03", "2026-03-04", null, null, null, null],
  ]);
});
