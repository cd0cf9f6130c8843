import assert from "node:assert/strict";
import test from "node:test";
import { chosenBy } from "./chosenBy";

const options = ["a", "b", "c"].map((id) => ({ id, text: id }));

test("a digit or a letter chooses an option, and another key nothing", () => {
  const question = { question_type: "multiple_choice" as const, options };
  assert.equal(chosenBy("2", question, null), "b");
  assert.equal(chosenBy("C", question, "b"), "c");
  assert.equal(chosenBy("4", question, null), undefined);
  assert.equal(chosenBy("f", question, null), undefined);
  assert.equal(chosenBy("Enter", question, null), undefined);
});

test("where several may be right, the same key takes an option back", () => {
  const question = { question_type: "multiple_response" as const, options };
  assert.deepEqual(chosenBy("1", question, ["b"]), ["b", "a"]);
  assert.deepEqual(chosenBy("a", question, ["b", "a"]), ["b"]);
});

test("what is typed is never chosen by a key", () => {
  assert.equal(chosenBy("a", { question_type: "short_answer" }, null), undefined);
});
