import assert from "node:assert/strict";
import test from "node:test";
import { t } from "./t";

test("a message is said with what it asks for; anything else is an error of types", () => {
  assert.equal(t("strings.seconds", { count: 1 }), "1 second");
  assert.equal(t("design.deleted", { title: "Notes" }), "“Notes” was deleted.");
  // @ts-expect-error: there is no such key; what is shown is at least not nothing.
  assert.equal(t("design.noSuchThing"), "design.noSuchThing");
  // @ts-expect-error: it asks for a title.
  t("design.deleted");
  // @ts-expect-error: it asks for `title`, not `name`.
  t("design.deleted", { name: "Notes" });
  // @ts-expect-error: a count is a number.
  t("strings.seconds", { count: "1" });
});
