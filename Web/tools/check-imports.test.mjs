import assert from "node:assert/strict";
import test from "node:test";
import { fault } from "./check-imports.mjs";

const lent = new Set(["library/uploads"]);

test("floors look down only", () => {
  assert.equal(fault("design/Toasts", "state/store", lent), null);
  assert.match(fault("state/store", "design/Toasts", lent) ?? "", /stands on state/);
  assert.match(fault("design/Menu", "library/uploads", lent) ?? "", /does not know of areas/);
});

test("an area sees the floors, itself, and what another lends", () => {
  assert.equal(fault("chat/Thread", "api/client", lent), null);
  assert.equal(fault("chat/Thread", "chat/answerEvents", lent), null);
  assert.equal(fault("today/AtWork", "library/uploads", lent), null);
  assert.match(fault("today/AtWork", "library/libraryStore", lent) ?? "", /does not lend/);
});

test("only what puts the app together names areas, and nothing in a folder imports that but the shell its list", () => {
  assert.equal(fault("areas", "chat/area", lent), null);
  assert.equal(fault("shell/Rail", "areas", lent), null);
  assert.match(fault("shell/Rail", "chat/area", lent) ?? "", /do not know of each other/);
  assert.match(fault("chat/Thread", "Inside", lent) ?? "", /puts the app together/);
});
