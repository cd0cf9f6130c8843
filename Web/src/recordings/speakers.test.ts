import assert from "node:assert/strict";
import test from "node:test";
import type { Transcript } from "../api/transcripts";
import { speakerChange, speakersOf } from "./speakers";

const segment = (speaker?: string) => ({ id: "1", start: 0, end: 1, text: "", words: [], ...(speaker ? { speaker } : {}) });
const recording: Pick<Transcript, "speakers" | "segments"> = { speakers: { "Speaker 2": "Dr. Lee" }, segments: [segment("Speaker 2"), segment(), segment("Speaker 1"), segment("Speaker 2")] };

test("a name of another who speaks gives the segment to them, a new one names who spoke wherever they do", () => {
  assert.deepEqual(speakersOf(recording), ["Speaker 2", "Speaker 1"]);
  assert.deepEqual(speakerChange(recording, "Speaker 1", "Dr. Lee"), { speaker: "Speaker 2" });
  assert.deepEqual(speakerChange(recording, "Speaker 2", "Dr. Lea"), { speakers: { "Speaker 2": "Dr. Lea" } });
  assert.deepEqual(speakerChange(recording, "Speaker 2", "Dr. Lee"), {});
  assert.deepEqual(speakerChange(recording, "Speaker 2", ""), { speaker: "" });
  assert.deepEqual(speakerChange(recording, null, "Ann"), { speaker: "Ann" });
});
