import assert from "node:assert/strict";
import test from "node:test";
import { plotPoints } from "./plotPoints";

test("values stand by their time, the highest at the top", () => {
  const day = 86_400_000;
  const points = plotPoints([{ at: 0, value: 0 }, { at: day, value: 0.5 }, { at: 4 * day, value: 1 }], 400, 100);
  assert.deepEqual(points, [{ x: 0, y: 100 }, { x: 100, y: 50 }, { x: 400, y: 0 }]);
});

test("a single one stands in the middle, and those of one moment one after the other", () => {
  assert.deepEqual(plotPoints([{ at: 7, value: 2 }], 100, 10), [{ x: 50, y: 0 }]);
  assert.deepEqual(plotPoints([{ at: 7, value: 1 }, { at: 7, value: 1 }], 100, 10).map(({ x }) => x), [0, 100]);
  assert.deepEqual(plotPoints([], 100, 10), []);
});
