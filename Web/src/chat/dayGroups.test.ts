import assert from "node:assert/strict";
import test from "node:test";
import { dayGroups } from "./dayGroups";

test("a list is parted by the reader's own days, whatever the hour, and empty parts are left out", () => {
  const now = new Date(2026, 2, 10, 0, 30);
  const at = (...parts: [number, number, number, number]) => new Date(...parts).toISOString();
  const items = [
    { name: "new", time: undefined },
    { name: "early", time: at(2026, 2, 10, 0) },
    { name: "late", time: at(2026, 2, 9, 23) },
    { name: "old", time: at(2026, 1, 20, 12) },
    { name: "older", time: at(2025, 1, 20, 12) },
  ];
  const groups = dayGroups(items, (item) => item.time, now).map(({ label, items: list }) => [label, list.map((item) => item.name)]);
  assert.deepEqual(groups, [["Today", ["new", "early"]], ["Yesterday", ["late"]], ["Earlier", ["old", "older"]]]);
});
