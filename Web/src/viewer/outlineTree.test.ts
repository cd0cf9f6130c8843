import assert from "node:assert/strict";
import test from "node:test";
import { headingsAbove, outlineTree, sectionAt } from "./outlineTree";

const entry = (title: string, level: number, page = 1, offset = 0) => ({ title, level, page, offset });

test("headings stand under the nearest one of a higher rank, whichever levels are skipped", () => {
  const entries = [entry("Note", 5), entry("Book", 1), entry("Part", 4), entry("Chapter", 2), entry("Section", 3), entry("Index", 1)];
  assert.deepEqual(outlineTree(entries), [
    { title: "Note", index: 0, branches: [] },
    {
      title: "Book", index: 1, branches: [
        { title: "Part", index: 2, branches: [] },
        { title: "Chapter", index: 3, branches: [{ title: "Section", index: 4, branches: [] }] },
      ],
    },
    { title: "Index", index: 5, branches: [] },
  ]);
  assert.deepEqual(headingsAbove(entries, 4), [1, 3]);
  assert.deepEqual(headingsAbove(entries, 2), [1]);
  assert.deepEqual(headingsAbove(entries, 5), []);
});

test("a place belongs to the last heading that begins before it", () => {
  const entries = [entry("One", 1, 2, 10), entry("Two", 1, 2, 300), entry("Three", 1, 5, 0)];
  assert.equal(sectionAt(entries, 1, 900), null);
  assert.equal(sectionAt(entries, 2, 0), null);
  assert.equal(sectionAt(entries, 2, 10), 0);
  assert.equal(sectionAt(entries, 4, 0), 1);
  assert.equal(sectionAt(entries, 5, 0), 2);
  assert.equal(sectionAt([], 1, 0), null);
});
