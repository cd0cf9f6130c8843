import assert from "node:assert/strict";
import test from "node:test";
import { daysTo, examText } from "./examText";

const now = new Date(2027, 1, 10, 23, 50);

test("the days to an exam are those of the reader's calendar", () => {
  assert.equal(daysTo("2027-02-14", now), 4);
  assert.equal(daysTo("2027-02-10", now), 0);
  assert.equal(daysTo("2027-02-09", now), -1);
  assert.equal(daysTo(null, now), null);
  assert.equal(daysTo("soon", now), null);
});

test("near days have names", () => {
  assert.equal(examText(0), "Exam today");
  assert.equal(examText(1), "Exam tomorrow");
  assert.equal(examText(12), "Exam in 12 days");
});
