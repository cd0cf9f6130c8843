import assert from "node:assert/strict";
import test from "node:test";
import { stagesOf } from "./stages";

test("each stage stands for itself: what failed late leaves what was done before", () => {
  assert.deepEqual(stagesOf({ state: "recording", size: 0, shelf: "none" }), { recorded: "runs", written: "waits", shelved: "waits" });
  assert.deepEqual(stagesOf({ state: "failed", size: 0, shelf: "none" }), { recorded: "failed", written: "waits", shelved: "waits" });
  assert.deepEqual(stagesOf({ state: "failed", size: 9, shelf: "none" }), { recorded: "done", written: "failed", shelved: "waits" });
  assert.deepEqual(stagesOf({ state: "completed", size: 9, shelf: "failed" }), { recorded: "done", written: "done", shelved: "failed" });
  assert.deepEqual(stagesOf({ state: "completed", size: 9, shelf: "completed" }), { recorded: "done", written: "done", shelved: "done" });
});
