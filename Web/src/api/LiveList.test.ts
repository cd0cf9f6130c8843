import assert from "node:assert/strict";
import test from "node:test";
import { reachable } from "./connection";
import { APIError, ConnectionError } from "./errors";
import type { LiveEvent } from "./events";
import { LiveList } from "./LiveList";

interface Thing {
  id: string;
  name: string;
}

/** A server whose list a test changes, and that answers when it is told to. */
function stage(names: string[], limit = 2) {
  const questions: { page: number; filter: string; signal: AbortSignal; answer: (error?: Error) => void }[] = [];
  const server = { things: names.map((name) => ({ id: name, name })) };
  const list = new LiveList<Thing, string>({
    filter: "",
    domain: "document",
    isLimited: (filter) => filter !== "",
    read: (page, filter, signal) => new Promise((resolve, reject) => {
      const found = server.things.filter(({ name }) => name.includes(filter));
      const data = found.slice((page - 1) * limit, page * limit);
      const answer = { data, pagination: { page, limit, total: found.length, pages: Math.ceil(found.length / limit) } };
      questions.push({ page, filter, signal, answer: (error) => (error ? reject(error) : resolve(answer)) });
    }),
    changes: (event) => (event.type === "document.progress" ? { name: event.payload.progress.stage } : null),
  });
  const answer = async (error?: Error) => {
    questions.shift()?.answer(error);
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return { list, server, questions, answer, names: () => list.store.get().items.map(({ name }) => name) };
}

const told = (type: string, payload: object) => ({ type, payload }) as unknown as LiveEvent;

test("only the latest question counts, and an overtaken one is let go of", async () => {
  const { list, questions, answer, names } = stage(["ab", "b"]);
  void list.load(1, "a");
  const [first] = questions;
  void list.load(1, "b");
  assert.ok(first?.signal.aborted);
  await answer();
  await answer();
  assert.deepEqual(names(), ["ab", "b"]);
  assert.equal(list.store.get().filter, "b");
});

test("letters typed fast are one question", async () => {
  const { list, questions } = stage(["a"]);
  for (const text of ["a", "ab", "abc"]) list.limit(text);
  assert.equal(list.store.get().filter, "abc");
  assert.equal(questions.length, 0);
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.deepEqual(questions.map(({ filter }) => filter), ["abc"]);
  list.forget();
});

test("a page that is no longer there gives way to the last one", async () => {
  const { list, server, questions, answer, names } = stage(["a", "b", "c"]);
  void list.load(2);
  await answer();
  assert.deepEqual(names(), ["c"]);
  server.things.pop();
  void list.load();
  await answer();
  assert.equal(questions[0]?.page, 1);
  await answer();
  assert.deepEqual([names(), list.store.get().page], [["a", "b"], 1]);
});

test("what is added while the list is being read is not lost", async () => {
  const { list, server, answer, names } = stage(["a"], 10);
  void list.load();
  const added = { id: "new", name: "new" };
  server.things = [added, ...server.things];
  list.place(added);
  await answer();
  await answer();
  assert.deepEqual(names(), ["new", "a"]);
});

test("what is told while the list is being read is not undone by an answer that is older", async () => {
  const { list, server, questions, answer, names } = stage(["a", "b"]);
  void list.load();
  await answer();
  // Asked before, answered after.
  void list.load();
  server.things[0] = { id: "a", name: "a, done" };
  list.apply(told("document.processed", { id: "a", name: "a, done" }));
  await answer();
  assert.equal(questions.length, 1);
  await answer();
  assert.deepEqual(names(), ["a, done", "b"]);
  // Also of what goes. How far something is comes again by itself.
  void list.load();
  server.things.splice(1, 1);
  list.apply(told("document.deleted", { id: "b" }));
  list.apply(told("document.progress", { id: "a", progress: { stage: "reading" } }));
  await answer();
  assert.equal(questions.length, 1);
  list.apply(told("document.progress", { id: "a", progress: { stage: "reading" } }));
  await answer();
  assert.equal(questions.length, 0);
  assert.deepEqual(names(), ["a, done"]);
});

test("events change, take away and ask for what is new; only a list that has been asked for follows them", async () => {
  const { list, questions, answer, names, server } = stage(["a", "b"], 10);
  list.apply(told("document.created", { id: "x", name: "x" }));
  assert.equal(questions.length, 0);
  void list.load();
  await answer();
  list.apply(told("document.updated", { id: "a", name: "A" }));
  list.apply(told("document.progress", { id: "b", progress: { stage: "embedding" } }));
  list.apply(told("document.progress", { id: "elsewhere", progress: { stage: "embedding" } }));
  list.apply(told("course.deleted", { id: "a" }));
  assert.deepEqual(names(), ["A", "embedding"]);
  list.apply(told("document.deleted", { id: "a" }));
  assert.deepEqual([names(), list.store.get().total], [["embedding"], 1]);
  server.things.push({ id: "c", name: "c" });
  list.apply(told("document.created", { id: "c", name: "c" }));
  assert.equal(questions.length, 1);
  await answer();
  assert.ok(names().includes("c"));
  list.apply(told("resync", {}));
  assert.equal(questions.length, 1);
});

test("what is told of goes to its place where the order is known, and what comes from below the end is asked for", async () => {
  const questions: number[] = [];
  const server = [{ id: "c", rank: 3 }, { id: "b", rank: 2 }, { id: "a", rank: 1 }];
  const list = new LiveList<{ id: string; rank: number }>({
    filter: null, domain: "conversation", grows: true, order: (one, other) => other.rank - one.rank,
    async read(page) {
      questions.push(page);
      return { data: server.slice((page - 1) * 2, page * 2), pagination: { page, limit: 2, total: server.length, pages: Math.ceil(server.length / 2) } };
    },
  });
  const shown = () => [list.store.get().items.map(({ id }) => id).join(""), list.store.get().total];
  await list.load();
  assert.deepEqual(shown(), ["cb", 3]);
  list.apply(told("conversation.created", { id: "d", rank: 4 }));
  list.apply(told("conversation.updated", { id: "b", rank: 5 }));
  assert.deepEqual([shown(), questions], [["bdc", 4], [1]]);
  // One that is not shown yet was asked again, elsewhere.
  server.splice(0, 3, { id: "a", rank: 6 }, { id: "b", rank: 5 }, { id: "d", rank: 4 }, { id: "c", rank: 3 });
  list.apply(told("conversation.updated", { id: "a", rank: 6 }));
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert.deepEqual([shown(), questions], [["ab", 4], [1, 1]]);
  await list.more();
  assert.deepEqual(shown(), ["abdc", 4]);
  // All that is shown is read again, not its first page alone.
  list.apply(told("resync", {}));
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual([shown(), questions], [["abdc", 4], [1, 1, 2, 1, 2]]);
});

test("a list that grows is read on from where the server says that the rest begins", async () => {
  const questions: string[] = [];
  const server = ["e", "d", "c", "b", "a"];
  const list = new LiveList<{ id: string }>({
    filter: null, domain: "conversation", grows: true,
    async read(page, _filter, _signal, after) {
      questions.push(after ?? `page ${page}`);
      const start = after === undefined ? (page - 1) * 2 : server.indexOf(after) + 1;
      const data = server.slice(start, start + 2);
      const next = start + 2 < server.length ? data.at(-1) : undefined;
      return { data: data.map((id) => ({ id })), pagination: { page, limit: 2, total: server.length, pages: 3, ...(next ? { next } : {}) } };
    },
  });
  const shown = () => list.store.get().items.map(({ id }) => id).join("");
  await list.load();
  // Another is begun elsewhere: by its number the second page would begin with what is shown already.
  server.unshift("f");
  await list.more();
  assert.deepEqual([shown(), questions], ["edcb", ["page 1", "d"]]);
  await list.load();
  assert.deepEqual([shown(), questions], ["fedc", ["page 1", "d", "page 1", "e"]]);
  await list.more();
  assert.deepEqual([shown(), questions.at(-1)], ["fedcba", "c"]);
});

test("what a change brings into a narrowed list is asked for", async () => {
  let asked = 0;
  const list = new LiveList<{ id: string; course: string }, string>({
    filter: "biology", domain: "document", fits: (item, course) => item.course === course,
    read: async () => {
      asked += 1;
      return { data: [], pagination: { page: 1, limit: 2, total: 0, pages: 0 } };
    },
  });
  await list.load();
  list.apply(told("document.updated", { id: "a", course: "physics" }));
  assert.equal(asked, 1);
  list.apply(told("document.updated", { id: "a", course: "biology" }));
  assert.equal(asked, 2);
});

test("more is added at the end, once, without what is there already", async () => {
  const { list, questions, answer, names, server } = stage(["a", "b", "c"]);
  void list.load();
  await answer();
  server.things.unshift({ id: "new", name: "new" });
  void list.more();
  void list.more();
  assert.equal(questions.length, 1);
  await answer();
  assert.deepEqual(names(), ["a", "b", "c"]);
});

test("a failure is told and leaves what is there; a lost connection is not told here, and asked again when it is back", async () => {
  const { list, questions, answer, names } = stage(["a"]);
  void list.load();
  await answer();
  void list.load();
  await answer(new APIError(500, "InternalError", "It broke.", {}, null, null));
  assert.deepEqual([names(), list.store.get().problem, list.store.get().phase], [["a"], "It broke.", "ready"]);
  void list.load();
  reachable.set(false);
  await answer(new ConnectionError());
  assert.equal(questions.length, 0);
  reachable.set(true);
  assert.equal(questions.length, 1);
  await answer();
  assert.deepEqual([names(), list.store.get().problem], [["a"], null]);
});

test("what is forgotten is empty, and its answer comes too late", async () => {
  const { list, answer, names } = stage(["a"]);
  void list.load();
  list.forget();
  await answer();
  assert.deepEqual([names(), list.store.get().phase], [[], "loading"]);
});
