import assert from "node:assert/strict";
import test from "node:test";
import { addressOf, methodOf, queryString } from "./routes";

test("an address is filled in and escaped", () => {
  assert.equal(addressOf("GET /documents/{id}/chunks/{chunk_id}", { path: { id: "a/b", chunk_id: "ü" } }), "/documents/a%2Fb/chunks/%C3%BC");
  assert.equal(addressOf("GET /documents", { query: { page: 2, q: "a & b", subject: null, status: undefined } }), "/documents?page=2&q=a+%26+b");
  assert.equal(addressOf("GET /auth/status"), "/auth/status");
  assert.equal(methodOf("PATCH /users/me"), "PATCH");
});

test("what is nothing is left out, and zero is something", () => {
  assert.equal(queryString({ a: "", b: null, c: undefined, d: 0, e: false }), "?d=0&e=false");
  assert.equal(queryString({}), "");
});

test("a route, a parameter or a field that the server does not have is an error of types", () => {
  // @ts-expect-error: there is no such route.
  addressOf("GET /nowhere");
  // @ts-expect-error: the address needs an id.
  addressOf("GET /documents/{id}");
  // @ts-expect-error: there is no such status.
  assert.equal(addressOf("GET /documents", { query: { status: "done" } }), "/documents?status=done");
});
