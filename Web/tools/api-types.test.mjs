import assert from "node:assert/strict";
import test from "node:test";
import { apiTypes } from "./api-types.mjs";

const ref = (name) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema) => ({ content: { "application/json": { schema } } });

const description = {
  paths: {
    "/api/v1/notes/{id}": {
      patch: {
        summary: "Change a note",
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }, { name: "dry", in: "query", schema: { type: "boolean" } }],
        requestBody: { required: true, ...json(ref("NoteChange")) },
        responses: { 200: json(ref("Note")), 404: json(ref("Problem")) },
      },
      post: { responses: { 201: json(ref("Note")), 202: json(ref("Health")) } },
      delete: { parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }], responses: { 204: {} } },
    },
    "/health": { get: { responses: { 200: json(ref("Health")) } } },
  },
  "x-events": { "note.written": { summary: "A note was written.", payload: ref("Note") } },
  components: {
    schemas: {
      Note: {
        type: "object", required: ["id", "kind", "tags"], description: "A note.",
        properties: {
          id: { type: "string" }, kind: { type: "string", enum: ["plain", "rich"] }, page: { type: ["integer", "null"] },
          tags: { type: "array", items: { type: "string", enum: ["a", "b"] } }, extra: { type: "object", additionalProperties: { type: "number" } },
          next: { anyOf: [ref("Note"), { type: "null" }], description: "The one after */ it." }, "odd-name": { type: "boolean" },
        },
      },
      NoteChange: { type: "object", properties: { title: { type: "string" }, page: { type: ["integer", "null"] } } },
      Problem: { type: "object", properties: {} },
      Health: { type: "string" },
    },
  },
};

const written = apiTypes(description);

test("a schema becomes an interface with its fields, choices, lists and nulls", () => {
  assert.match(written, /\/\*\* A note\. \*\/\nexport interface Note \{\n {2}id: string;\n {2}kind: "plain" \| "rich";\n {2}page\?: number \| null;\n {2}tags: Array<"a" \| "b">;\n {2}extra\?: Record<string, number>;\n/);
  assert.match(written, /\/\*\* The one after \*\\\/ it\. \*\/\n {2}next\?: Note \| null;\n {2}"odd-name"\?: boolean;/);
  assert.match(written, /export type Health = string;/);
});

test("what may be left out of a request may be null in it, once", () => {
  assert.match(written, /export interface NoteChange \{\n {2}title\?: string \| null;\n {2}page\?: number \| null;\n\}/);
});

test("a route names its parameters, its body and its good answers; addresses outside the API are left out", () => {
  assert.match(written, /"PATCH \/notes\/\{id\}": \{ path: \{ id: string \}; query: \{ dry\?: boolean \| null \}; body: NoteChange; answer: Note \};/);
  assert.match(written, /"DELETE \/notes\/\{id\}": \{ path: \{ id: string \}; answer: undefined \};/);
  assert.match(written, /"POST \/notes\/\{id\}": \{ answer: Note \| Health \};/);
  assert.ok(!written.includes("/health"));
});

test("an event names what comes with it", () => {
  assert.match(written, /export interface Events \{\n {2}\/\*\* A note was written\. \*\/\n {2}"note\.written": Note;\n\}/);
});

test("a type that it does not know stops the build", () => {
  assert.throws(() => apiTypes({ paths: {}, components: { schemas: { X: { type: "colour" } } } }), /does not know/);
});
