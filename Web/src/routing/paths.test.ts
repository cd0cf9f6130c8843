import assert from "node:assert/strict";
import test from "node:test";
import { paths, readPassage } from "./paths";

test("a document's address carries page and passage both ways", () => {
  const address = paths.document("a b", { page: 12, chunk: "c1" });
  assert.equal(address, "/d/a%20b?page=12&chunk=c1");
  assert.deepEqual(readPassage(new URLSearchParams(address.split("?")[1] ?? "")), { page: 12, chunk: "c1" });
});

test("a page that is no positive number is ignored", () => {
  for (const page of ["0", "-1", "x", ""]) assert.deepEqual(readPassage(new URLSearchParams({ page })), { page: null, chunk: null });
});
