import assert from "node:assert/strict";
import test from "node:test";
import { EventStreamParser, ServerSentEvent } from "./serverSentEvents";

const stream = "\uFEFF: hello\r\nid: 1\r\nevent: delta\r\ndata: {\"text\":\"a\"}\r\n\r\ndata: one\ndata: two\n\nevent: empty\n\ndata:x\r\r";
const expected: ServerSentEvent[] = [
  { id: "1", event: "delta", data: '{"text":"a"}' },
  { id: "1", event: "message", data: "one\ntwo" },
  { id: "1", event: "message", data: "x" },
];

test("a stream gives the same events however it is cut", () => {
  for (let size = 1; size <= stream.length; size += 1) {
    const parser = new EventStreamParser();
    const events: ServerSentEvent[] = [];
    for (let at = 0; at < stream.length; at += size) events.push(...parser.push(stream.slice(at, at + size)));
    events.push(...parser.push("\n"));
    assert.deepEqual(events, expected, `in pieces of ${size}`);
  }
});

test("an unfinished event is not given", () => {
  assert.deepEqual(new EventStreamParser().push("data: half\n"), []);
});
