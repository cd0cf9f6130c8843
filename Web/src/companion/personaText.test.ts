import assert from "node:assert/strict";
import test from "node:test";
import { personaKey } from "./personaText";

test("a persona's key is made of its name, and of no other's", () => {
  assert.equal(personaKey("  Old Professor! ", []), "old-professor");
  assert.equal(personaKey("Jörg", ["rose"]), "jo-rg");
  assert.equal(personaKey("老师", []), "persona");
  assert.equal(personaKey("Rose", ["rose", "rose-2"]), "rose-3");
  assert.match(personaKey("a very long name that goes on and on and on", []), /^[a-z0-9-]{1,32}$/);
});
