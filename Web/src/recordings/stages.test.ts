import assert from "node:assert/strict";
import test from "node:test";
import { stagesOf } from "./stages";

test("each stage stands for itself: what failed late leaves what was done before", () => {
  assert.deepEqual(stagesOf({ state: "recording", size: 0, shelf: "none", speakers_state: "none" }), { recorded: "runs", written: "waits", told: "none", shelved: "waits" });
  assert.deepEqual(stagesOf({ state: "failed", size: 0, shelf: "none", speakers_state: "none" }), { recorded: "failed", written: "waits", told: "none", shelved: "waits" });
  assert.deepEqual(stagesOf({ state: "failed", size: 9, shelf: "none", speakers_state: "none" }), { recorded: "done", written: "failed", told: "none", shelved: "waits" });
  assert.deepEqual(stagesOf({ state: "completed", size: 9, shelf: "failed", speakers_state: "failed" }), { recorded: "done", written: "done", told: "failed", shelved: "failed" });
  assert.deepEqual(stagesOf({ state: "completed", size: 9, shelf: "completed", speakers_state: "completed" }), { recorded: "done", written: "done", told: "done", shelved: "done" });
});
