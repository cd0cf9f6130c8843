import assert from "node:assert/strict";
import test from "node:test";
import { addDays, addMonths, dayInZone, dayKey, dayOf, monthDays, momentOf, weekStart } from "./days";

test("a day is named and read back, and what is no day is none", () => {
  assert.equal(dayKey(new Date(2026, 1, 3, 23, 59)), "2026-02-03");
  assert.equal(dayKey(dayOf("2026-02-03") ?? new Date(0)), "2026-02-03");
  for (const text of ["2026-02-30", "2026-2-3", "", "tomorrow"]) assert.equal(dayOf(text), null);
});

test("a week begins where the reader's does", () => {
  const sunday = new Date(2026, 10, 29, 15);
  assert.equal(dayKey(weekStart(sunday, 1)), "2026-11-23");
  assert.equal(dayKey(weekStart(sunday, 7)), "2026-11-29");
});

test("a month is shown in whole weeks", () => {
  const days = monthDays(new Date(2026, 10, 15), 1);
  assert.equal(days.length % 7, 0);
  assert.equal(dayKey(days[0] ?? new Date(0)), "2026-10-26");
  assert.equal(dayKey(days[days.length - 1] ?? new Date(0)), "2026-12-06");
  assert.equal(monthDays(new Date(2027, 1, 1), 1).length, 28);
});

test("the hour stays when the clocks are changed", () => {
  const before = new Date(2026, 2, 28, 9, 30);
  assert.equal(addDays(before, 1).getHours(), 9);
  assert.equal(addDays(before, 1).getDate(), 29);
});

test("a month later is the last day where there is no such day", () => {
  assert.equal(dayKey(addMonths(new Date(2027, 0, 31), 1)), "2027-02-28");
});

test("a whole day is read in the zone in which it was made", () => {
  assert.equal(dayInZone("2026-12-03T23:00:00Z", "Europe/Berlin"), "2026-12-04");
  assert.equal(dayInZone("2026-12-04T05:00:00Z", "America/New_York"), "2026-12-04");
});

test("a day and a time make a moment", () => {
  const moment = momentOf("2026-12-04", "09:05");
  assert.equal(moment?.getHours(), 9);
  assert.equal(moment?.getMinutes(), 5);
  assert.equal(momentOf("2026-12-04", ""), null);
});
