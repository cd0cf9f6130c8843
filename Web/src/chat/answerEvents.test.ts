import assert from "node:assert/strict";
import test from "node:test";
import { applyAnswerEvent, newAnswer } from "./answerEvents";

function play(events: [string, unknown][]) {
  return events.reduce((state, [event, data], index) => applyAnswerEvent(state, { id: String(index), event, data: JSON.stringify(data) }), newAnswer("local"));
}

const citation = (number: number) => ({ number, document_id: "d", chunk_id: `c${number}`, title: "T", quote: "q" });

test("an answer grows by its deltas and takes the server's final wording", () => {
  const state = play([
    ["message.started", { message_id: "m1" }], ["retrieval", { passages: [1, 2] }],
    ["delta", { text: "Water " }], ["citation", citation(2)], ["citation", citation(1)], ["delta", { text: "moves [1]." }],
  ]);
  assert.equal(state.message.id, "m1");
  assert.equal(state.message.content, "Water moves [1].");
  assert.equal(state.found, 2);
  assert.deepEqual(state.message.citations.map((each) => each.number), [1, 2]);
  assert.equal(state.done, false);
  const end = applyAnswerEvent(state, { id: "9", event: "message.completed", data: JSON.stringify({ id: "m1", content: "Water moves.", citations: [], status: "completed" }) });
  assert.equal(end.message.content, "Water moves.");
  assert.ok(end.done);
});

test("a stream told again from the start does not double the text", () => {
  const again: [string, unknown][] = [["message.started", { message_id: "m" }], ["delta", { text: "a" }]];
  assert.equal(play([...again, ...again]).message.content, "a");
});

test("an answer that begins anew drops what came before", () => {
  const state = play([["message.started", { id: "m" }], ["delta", { text: "lost" }], ["message.restarted", { id: "m" }], ["delta", { text: "kept" }]]);
  assert.equal(state.message.content, "kept");
  assert.equal(state.message.id, "m");
});

test("an answer waits for its turn until something of it comes", () => {
  const waiting: [string, unknown][] = [["message.started", { id: "m" }], ["message.waiting", { id: "m" }]];
  assert.ok(play(waiting).waiting);
  for (const next of [["retrieval", { passages: [] }], ["delta", { text: "a" }], ["message.restarted", { id: "m" }]] as [string, unknown][]) {
    assert.equal(play([...waiting, next]).waiting, false);
  }
});

test("an error ends the answer and keeps what was said", () => {
  const state = play([["delta", { text: "half" }], ["error", { error: "ProviderUnavailable", message: "The model is down." }]]);
  assert.equal(state.message.content, "half");
  assert.equal(state.message.status, "failed");
  assert.equal(state.message.error, "The model is down.");
  assert.ok(state.done);
});

test("events that are unknown or broken change nothing", () => {
  const state = newAnswer("x");
  assert.equal(applyAnswerEvent(state, { id: null, event: "later", data: "{}" }), state);
  assert.equal(applyAnswerEvent(state, { id: null, event: "delta", data: "{" }), state);
});
