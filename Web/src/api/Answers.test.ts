import assert from "node:assert/strict";
import test from "node:test";
import { Answers } from "./Answers";

/** A server that answers when told to. */
class Asked {
  readonly log: string[] = [];
  readonly aborted: string[] = [];
  private readonly open: { address: string; answer: (value: unknown) => void; fail: (error: Error) => void }[] = [];

  readonly send = (address: string, signal: AbortSignal): Promise<unknown> => {
    this.log.push(address);
    return new Promise((answer, fail) => {
      this.open.push({ address, answer, fail });
      signal.addEventListener("abort", () => {
        this.aborted.push(address);
        fail(new DOMException("gone", "AbortError"));
      });
    });
  };

  answer(value: unknown): void {
    this.open.shift()?.answer(value);
  }

  fail(): void {
    this.open.shift()?.fail(new Error("broken"));
  }
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

test("equal questions at once are one request, and all get its answer", async () => {
  const server = new Asked();
  const answers = new Answers(server.send);
  const both = Promise.all([answers.get("/a", false), answers.get("/a", false), answers.get("/b", false)]);
  server.answer(1);
  server.answer(2);
  assert.deepEqual(await both, [1, 1, 2]);
  assert.deepEqual(server.log, ["/a", "/b"]);
});

test("a question after the answer is asked anew, unless it may be kept", async () => {
  const server = new Asked();
  const answers = new Answers(server.send);
  const ask = async (keep: boolean, value: number) => {
    const answer = answers.get("/a", keep);
    server.answer(value);
    return answer;
  };
  assert.deepEqual([await ask(false, 1), await ask(true, 2), await ask(true, 3), await ask(false, 4)], [1, 2, 2, 4]);
});

test("a change forgets what lies below it, and no more", async () => {
  const server = new Asked();
  const answers = new Answers(server.send);
  for (const address of ["/documents?page=1", "/documents/7", "/documents-shared", "/courses"]) {
    const answer = answers.get(address, true);
    server.answer(address);
    await answer;
  }
  answers.forget("/documents");
  server.log.length = 0;
  for (const address of ["/documents?page=1", "/documents/7", "/documents-shared", "/courses"]) void answers.get(address, true);
  assert.deepEqual(server.log, ["/documents?page=1", "/documents/7"]);
});

test("an answer that a change overtook on its way is given to who asked for it, and not kept or joined", async () => {
  const server = new Asked();
  const answers = new Answers(server.send);
  const before = answers.get("/a", true);
  answers.forget("/a");
  const after = answers.get("/a", true);
  server.answer("old");
  server.answer("new");
  assert.deepEqual([await before, await after, await answers.get("/a", true)], ["old", "new", "new"]);
  assert.equal(server.log.length, 2);
});

test("who leaves does not take the answer from others; the last who leaves ends the request", async () => {
  const server = new Asked();
  const answers = new Answers(server.send);
  const [one, other] = [new AbortController(), new AbortController()];
  const results = Promise.allSettled([answers.get("/a", false, one.signal), answers.get("/a", false, other.signal)]);
  one.abort();
  await settle();
  assert.deepEqual(server.aborted, []);
  other.abort();
  await settle();
  assert.deepEqual(server.aborted, ["/a"]);
  assert.deepEqual((await results).map(({ status }) => status), ["rejected", "rejected"]);
  // One who comes right after is not given the broken one.
  const next = answers.get("/a", false);
  server.answer("lost");
  server.answer("fresh");
  assert.equal(await next, "fresh");
});

test("a failure is everybody's, and is not kept", async () => {
  const server = new Asked();
  const answers = new Answers(server.send);
  const results = Promise.allSettled([answers.get("/a", true), answers.get("/a", true)]);
  server.fail();
  assert.deepEqual((await results).map(({ status }) => status), ["rejected", "rejected"]);
  const again = answers.get("/a", true);
  server.answer("well");
  assert.equal(await again, "well");
});

test("what was used longest ago is forgotten first", async () => {
  const server = new Asked();
  const answers = new Answers(server.send, 2);
  const ask = async (address: string) => {
    const answer = answers.get(address, true);
    server.answer(address);
    await answer;
  };
  for (const address of ["/a", "/b", "/a", "/c"]) await ask(address);
  server.log.length = 0;
  for (const address of ["/a", "/c", "/b"]) await ask(address);
  assert.deepEqual(server.log, ["/b"]);
});
