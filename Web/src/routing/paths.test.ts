import assert from "node:assert/strict";
import test from "node:test";
import { parseRoute, paths } from "./paths";

function route(address: string) {
  const [path = "", query = ""] = address.split("?");
  return parseRoute(path, query);
}

test("a document's address carries page and passage both ways", () => {
  const address = paths.document("a b", { page: 12, chunk: "c1" });
  assert.equal(address, "/documents/a%20b?page=12&chunk=c1");
  assert.deepEqual(route(address), { name: "document", id: "a b", passage: { page: 12, chunk: "c1" } });
});

test("a page that is no positive number is ignored", () => {
  for (const page of ["0", "-1", "x", ""]) {
    assert.deepEqual(route(`/documents/1?page=${page}`), { name: "document", id: "1", passage: { page: null, chunk: null } });
  }
});

test("a conversation keeps its open document in the address", () => {
  assert.deepEqual(route(paths.chat("c", "d", { page: 2 })), {
    name: "chat", conversation: "c", document: "d", passage: { page: 2, chunk: null },
  });
});

test("unknown and malformed addresses are not found", () => {
  for (const address of ["/nowhere", "/documents/1/2", "/library/x"]) assert.deepEqual(route(address), { name: "notFound" });
  assert.deepEqual(route("/documents/%E0%A4%A"), { name: "document", id: "%E0%A4%A", passage: { page: null, chunk: null } });
});
