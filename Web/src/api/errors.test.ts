import assert from "node:assert/strict";
import test from "node:test";
import { APIError, coded, describe } from "./errors";

const answer = (status: number, body: unknown, retryAfter: string | null = null) =>
  describe(APIError.fromText(status, typeof body === "string" ? body : JSON.stringify(body), retryAfter));

test("the server's own sentence is shown where its code tells only the kind", () => {
  assert.equal(answer(409, { error: "Conflict", message: "There is such an account." }), "There is such an account.");
});

test("a wait is told in words", () => {
  assert.equal(answer(429, { error: "RateLimited", message: "Too many." }, "40"), "Too many requests. Try again in 40 seconds.");
  assert.equal(answer(429, { error: "RateLimited", message: "Too many." }, "130"), "Too many requests. Try again in 3 minutes.");
  assert.equal(answer(429, { error: "RateLimited", message: "Too many." }), "Too many.");
});

test("a fault of the server names the request, so that the log can be searched", () => {
  assert.equal(answer(500, { error: "InternalError", message: "Something broke.", request_id: "r1" }), "Something broke. (Request r1)");
});

test("an answer of a proxy, or of a newer server, still says something", () => {
  assert.equal(answer(413, "<html>too large</html>"), "This is larger than the server takes.");
  assert.equal(answer(418, ""), "The server answered with an error (418).");
  assert.equal(answer(422, { error: "NewCode", message: "It is new." }), "It is new.");
  assert.equal(coded("toString", ""), null);
});
