import assert from "node:assert/strict";
import test from "node:test";
import { Formatter, Plural } from "./message";

const documents: Plural = { none: "No documents", one: "{count} document", other: "{count} documents" };

test("a number picks the form that the language has for it", () => {
  const english = new Formatter("en");
  assert.deepEqual([0, 1, 2, 1234].map((count) => english.format(documents, { count })), ["No documents", "1 document", "2 documents", "1,234 documents"]);
});

test("languages with more forms than two get the right one", () => {
  const russian = new Formatter("ru");
  const files: Plural = { one: "{count} файл", few: "{count} файла", many: "{count} файлов", other: "{count} файла" };
  assert.deepEqual([1, 3, 5, 21, 22].map((count) => russian.format(files, { count })), ["1 файл", "3 файла", "5 файлов", "21 файл", "22 файла"]);
  const arabic = new Formatter("ar", "en");
  const pages: Plural = { zero: "z", one: "o", two: "t", few: "f", many: "m", other: "x" };
  assert.deepEqual([0, 1, 2, 3, 11, 100].map((count) => arabic.format(pages, { count })), ["z", "o", "t", "f", "m", "x"]);
});

test("a form that a table leaves out falls back on the general one", () => {
  assert.equal(new Formatter("en").format({ other: "{count} left" }, { count: 1 }), "1 left");
});

test("numbers are written as the reader writes them, texts as they are", () => {
  const german = new Formatter("de", "de-DE");
  assert.equal(german.format("{done} von {total} in {name}", { done: 1234, total: 1234567, name: "2.0" }), "1.234 von 1.234.567 in 2.0");
});

test("what is filled in is not read again, and a name that was not given stays to be seen", () => {
  assert.equal(new Formatter("en").format("{title} and {other}", { title: "{other} $&" }), "{other} $& and {other}");
});
