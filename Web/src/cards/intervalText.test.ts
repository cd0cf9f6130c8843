import assert from "node:assert/strict";
import test from "node:test";
import { intervalText } from "./intervalText";

test("an interval is told in the unit that one would say it in", () => {
  const texts = [20, 60, 600, 5400, 86_400, 9 * 86_400, 100 * 86_400, 800 * 86_400].map(intervalText);
  assert.deepEqual(texts, ["1 min", "1 min", "10 min", "2 hr", "1 day", "9 days", "3.3 mths", "2.2 yrs"]);
});
