import assert from "node:assert/strict";
import test from "node:test";
import { sideBySide } from "./side";

const at = (start: number, end: number) => ({ start, end });
const shape = (items: { start: number; end: number }[]) => sideBySide(items).map(({ item, column, columns }) => [item.start, column, columns]);

test("what follows another has the whole width", () => {
  assert.deepEqual(shape([at(1, 2), at(2, 3)]), [[1, 0, 1], [2, 0, 1]]);
});

test("what overlaps stands side by side, and a column that is free again is used again", () => {
  assert.deepEqual(shape([at(1, 5), at(2, 3), at(3, 4), at(6, 7)]), [[1, 0, 2], [2, 1, 2], [3, 1, 2], [6, 0, 1]]);
});

test("three at once have a third each", () => {
  assert.deepEqual(shape([at(1, 4), at(1, 4), at(2, 3)]).map(([, , columns]) => columns), [3, 3, 3]);
});
