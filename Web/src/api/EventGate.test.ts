import assert from "node:assert/strict";
import test from "node:test";
import { EventGate } from "./EventGate";

const never = () => new Promise<void>(() => undefined);
const atOnce = () => Promise.resolve();

test("lists wait until the server tells of changes, and need not be read again then", async () => {
  const gate = new EventGate(300, never);
  gate.expect();
  const order: string[] = [];
  const read = gate.pass().then(() => order.push("read"));
  await Promise.resolve();
  order.push("opened");
  assert.equal(gate.opened(), false);
  await read;
  assert.deepEqual(order, ["opened", "read"]);
});

test("where that takes too long they are read all the same, and once more", async () => {
  const gate = new EventGate(300, atOnce);
  gate.expect();
  await gate.pass();
  assert.equal(gate.opened(), true);
});

test("after a break, what was read before it is in doubt", async () => {
  const gate = new EventGate(300, never);
  gate.expect();
  gate.opened();
  assert.equal(gate.opened(), false);
  await gate.pass();
  gate.failed();
  assert.equal(gate.opened(), true);
});

test("nobody waits where events cannot be followed, nor who leaves", async () => {
  const gate = new EventGate(300, never);
  gate.expect();
  const read = gate.pass();
  gate.failed();
  await read;
  gate.expect();
  const controller = new AbortController();
  const left = gate.pass(controller.signal).then(() => "read", () => "left");
  controller.abort();
  assert.equal(await left, "left");
});
