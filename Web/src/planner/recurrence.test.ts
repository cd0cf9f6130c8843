import assert from "node:assert/strict";
import test from "node:test";
import { repetitionOf, ruleOf } from "./recurrence";

test("a rule that the form has words for is read and said again", () => {
  for (const rule of [
    "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;BYDAY=MO,WE", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;UNTIL=20270214", "FREQ=MONTHLY", "FREQ=YEARLY;UNTIL=20300101",
  ]) {
    assert.ok(repetitionOf(rule).every !== "custom");
    assert.equal(ruleOf(repetitionOf(rule)), rule);
  }
});

test("a rule that it has no words for stays as it is", () => {
  for (const rule of ["FREQ=MONTHLY;BYDAY=-1FR", "FREQ=WEEKLY;COUNT=5", "FREQ=WEEKLY;UNTIL=20270214T100000Z", "FREQ=DAILY;INTERVAL=3"]) {
    assert.equal(repetitionOf(rule).every, "custom");
    assert.equal(ruleOf(repetitionOf(rule)), rule);
  }
});

test("what comes once has no rule", () => {
  assert.equal(ruleOf(repetitionOf(null)), null);
  assert.equal(ruleOf({ ...repetitionOf("FREQ=MONTHLY;BYDAY=-1FR"), rule: " " }), null);
});
