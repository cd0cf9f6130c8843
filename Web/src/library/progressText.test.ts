import assert from "node:assert/strict";
import test from "node:test";
import type { LibraryDocument } from "../api/documents";
import { progressOf } from "./progressText";

const base: LibraryDocument = {
  id: "1", title: "t", filename: "t.pdf", size: 1, sha256: "", media_type: "application/pdf", has_pages: true, notes: [], metadata: { authors: [] }, stages: [], version: 1, version_at: "2026-01-01T00:00:00Z", status: "processing",
  progress: { stage: "waiting", done: 0, total: 0 }, created_at: "2026-01-01T00:00:00Z", updated_at: "2026-01-01T00:00:00Z",
};

test("a stage is told in words with how far it is", () => {
  const document: LibraryDocument = { ...base, progress: { stage: "embedding", done: 30, total: 120 } };
  assert.deepEqual(progressOf(document), { text: "Learning the passages, 30 of 120", fraction: 0.25 });
});

test("a stage without a total has no fraction", () => {
  assert.deepEqual(progressOf({ ...base, progress: { stage: "extracting", done: 0, total: 0 } }), { text: "Reading the text", fraction: null });
});

test("a document that nobody works on yet waits", () => {
  assert.deepEqual(progressOf({ ...base, status: "pending" }), { text: "Waiting to be read", fraction: null });
});
