import assert from "node:assert/strict";
import test from "node:test";
import { topicsOf } from "./topics";

const entry = (title: string, level = 1) => ({ title, level, page: 1, offset: 0 });

test("what is asked about is the matter of a book, without its numbers, its frame and its small print", () => {
  const entries = [
    entry("The Handbook"), entry("Legal Notice"), entry("Preface"), entry("Chapter 1. The Debian Project"), entry("1.2. What Is Debian?", 2),
    entry("A side note", 5), entry("DNA", 2), entry("IV. Civil liberties"), entry("2 molecules of ATP"), entry("Index"), entry("Indexing a database"),
  ];
  assert.deepEqual(topicsOf(entries, 9), ["The Debian Project", "What Is Debian?", "Civil liberties", "2 molecules of ATP", "Indexing a database"]);
  assert.deepEqual(topicsOf(entries, 1), ["The Debian Project"]);
  assert.deepEqual(topicsOf([entry("Only the title")], 5), []);
});
