import assert from "node:assert/strict";
import test from "node:test";
import { preferred, variant } from "./locale";

test("the first of the reader's languages that there is, is spoken", () => {
  assert.equal(preferred(["fr-CA", "de-AT", "en"]), "de");
  assert.equal(preferred(["en-GB", "de"]), "en");
  assert.equal(preferred(["fr", "ja"]), "en");
  assert.equal(preferred([]), "en");
});

test("numbers and dates follow the reader's own variant of the language", () => {
  assert.equal(variant("de", ["en-GB", "de-CH"]), "de-CH");
  assert.equal(variant("en", ["de"]), "en");
});
