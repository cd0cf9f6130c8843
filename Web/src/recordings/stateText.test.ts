import assert from "node:assert/strict";
import test from "node:test";
import { clockText } from "./stateText";

test("times read as on a clock", () => {
  assert.equal(clockText(0), "0:00");
  assert.equal(clockText(65.9), "1:05");
  assert.equal(clockText(3723), "1:02:03");
  assert.equal(clockText(-1), "0:00");
});
