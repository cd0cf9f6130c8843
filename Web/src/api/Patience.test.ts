import assert from "node:assert/strict";
import test from "node:test";
import { Patience } from "./Patience";

const reply = (status: number, retryAfter?: string) => ({ status, headers: { get: () => retryAfter ?? null } });

/** A clock that waits at once. */
function clock() {
  const at = { now: 0, waits: [] as number[] };
  const wait = (milliseconds: number) => {
    at.now += milliseconds;
    at.waits.push(milliseconds);
    return Promise.resolve();
  };
  return { at, patience: new Patience(20_000, () => at.now, wait) };
}

function server(...replies: ReturnType<typeof reply>[]) {
  let asked = 0;
  return { send: () => Promise.resolve(replies[asked++] ?? reply(200)), count: () => asked };
}

test("a request that came too early is sent again when the server said", async () => {
  const { at, patience } = clock();
  const { send, count } = server(reply(429, "2"), reply(429, "3"));
  assert.equal((await patience.send(send, false)).status, 200);
  assert.deepEqual([at.waits, count()], [[2000, 3000], 3]);
});

test("a wait that is too long, and the sum of many, end with the answer as it is", async () => {
  const long = clock();
  assert.equal((await long.patience.send(server(reply(429, "60")).send, false)).status, 429);
  assert.deepEqual(long.at.waits, []);
  const many = clock();
  const { send, count } = server(...Array.from({ length: 9 }, () => reply(429, "6")));
  assert.equal((await many.patience.send(send, false)).status, 429);
  assert.equal(count(), 4);
});

test("what the server may have begun is not sent twice; a question may be", async () => {
  const { patience } = clock();
  assert.equal((await patience.send(server(reply(503, "1")).send, false)).status, 503);
  assert.equal((await patience.send(server(reply(503, "1")).send, true)).status, 200);
});

test("an answer that names no time, or is no such answer, is given as it is", async () => {
  const { at, patience } = clock();
  for (const answer of [reply(429), reply(429, "Wed, 21 Oct 2026 07:28:00 GMT"), reply(200, "5"), reply(404, "5")]) {
    assert.equal((await patience.send(server(answer).send, true)).status, answer.status);
  }
  assert.deepEqual(at.waits, []);
});

test("while one waits, others wait with it instead of being refused too", async () => {
  let now = 0;
  const waiting: (() => void)[] = [];
  const patience = new Patience(20_000, () => now, () => new Promise((resolve) => waiting.push(resolve)));
  const first = patience.send(server(reply(429, "5")).send, false);
  await new Promise((resolve) => setTimeout(resolve, 0));
  const second = server();
  const other = patience.send(second.send, false);
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert.deepEqual([waiting.length, second.count()], [2, 0]);
  now = 5000;
  for (const resolve of waiting) resolve();
  assert.deepEqual([(await first).status, (await other).status], [200, 200]);
});

test("who leaves waits no longer", async () => {
  const controller = new AbortController();
  const { send, count } = server(reply(429, "2"));
  const patience = new Patience(20_000, () => 0, () => {
    controller.abort();
    return Promise.resolve();
  });
  const ended = await patience.send(send, false, controller.signal).then(() => "answered", () => "left");
  assert.deepEqual([ended, count()], ["left", 1]);
});
