import assert from "node:assert/strict";
import test from "node:test";
import { captioned, LiveMessage, noCaptions, soundOf } from "./liveMessages";

const after = (...messages: LiveMessage[]) => messages.reduce(captioned, noCaptions);

test("captions follow what is said and answered", () => {
  const captions = after(
    { type: "partial", text: "What is" }, { type: "heard", text: "What is DNA?" }, { type: "state", state: "thinking" },
    { type: "sentence", text: "It is a plan.", number: 1 }, { type: "sentence", text: " Every cell has it.", number: 2 },
    { type: "answer", text: "It is a plan [1]. Every cell has it.", message_id: "7" },
  );
  assert.deepEqual(captions.turns, [{ said: "What is DNA?", answer: "It is a plan. Every cell has it.", picture: null }]);
  assert.equal(captions.partial, "");
});

test("a picture comes with its answer, and a notice goes with the next turn", () => {
  const drawn = after({ type: "heard", text: "Draw" }, { type: "answer", text: "Drawn.", image_url: "companion/pictures/1" }, { type: "notice", text: "down", code: "x" });
  assert.deepEqual(drawn, { turns: [{ said: "Draw", answer: "Drawn.", picture: "companion/pictures/1" }], partial: "", notice: "down" });
  assert.equal(captioned(drawn, { type: "heard", text: "Next" }).notice, null);
});

test("sound is its sentence's number and samples", () => {
  const { number, samples } = soundOf(new Uint8Array([2, 1, 0, 0, 0xff, 0x7f, 0, 0x80]).buffer);
  assert.equal(number, 258);
  assert.deepEqual([...samples], [32767, -32768]);
});
