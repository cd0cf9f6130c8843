import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { web } from "./paths.mjs";
import { writeChanged } from "./write.mjs";

/** Writes the types of the API's requests and answers from the description that the server makes of its routes. */
export function writeAPITypes() {
  const description = JSON.parse(readFileSync(join(web, "..", "Docs", "openapi.json"), "utf8"));
  const folder = join(web, "src", "api", "generated");
  mkdirSync(folder, { recursive: true });
  writeChanged(join(folder, "schemas.ts"), apiTypes(description));
}

/** The TypeScript of an OpenAPI 3.1 description: an interface a schema, and what each route takes and answers. */
export function apiTypes(description) {
  const schemas = description.components?.schemas ?? {};
  const requests = requestOnly(description, schemas);
  const parts = ["// Made by Web/tools/api-types.mjs from Docs/openapi.json, which `lm openapi` writes from the server's routes.\n"];
  for (const [name, schema] of Object.entries(schemas)) parts.push(declaration(name, schema, requests.has(name)));
  parts.push(routes(description), events(description));
  return parts.join("\n");
}

function declaration(name, schema, isRequest) {
  const text = doc(schema, "");
  if (schema.type === "object" && schema.properties) return `${text}export interface ${name} ${object(schema, "", isRequest)}\n`;
  return `${text}export type ${name} = ${type(schema, "", isRequest)};\n`;
}

function type(schema, indent, isRequest) {
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.anyOf ?? schema.oneOf) return unique((schema.anyOf ?? schema.oneOf).map((each) => type(each, indent, isRequest)));
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return unique(schema.enum.map((value) => JSON.stringify(value)));
  if (Array.isArray(schema.type)) return unique(schema.type.map((each) => type({ ...schema, type: each }, indent, isRequest)));
  switch (schema.type) {
    case "string": return schema.contentMediaType ? "Blob" : "string";
    case "integer":
    case "number": return "number";
    case "boolean": return "boolean";
    case "null": return "null";
    case "array": return list(type(schema.items ?? {}, indent, isRequest));
    case "object": return schema.properties ? object(schema, indent, isRequest) : record(schema, indent, isRequest);
    case undefined: return "unknown";
    default: throw new Error(`openapi.json has a type that the generator does not know: ${JSON.stringify(schema.type)}`);
  }
}

const unique = (types) => [...new Set(types)].join(" | ");
const list = (item) => (/[ |{]/.test(item) ? `Array<${item}>` : `${item}[]`);
const record = (schema, indent, isRequest) =>
  schema.additionalProperties && typeof schema.additionalProperties === "object" ? `Record<string, ${type(schema.additionalProperties, indent, isRequest)}>` : "Record<string, unknown>";

function object(schema, indent, isRequest) {
  const inner = `${indent}  `;
  const required = new Set(schema.required ?? []);
  const lines = Object.entries(schema.properties).map(([name, property]) => {
    // What may be left out of a request may also be null there: that says that it is to be nothing.
    const value = type(property, inner, isRequest) + (isRequest && !required.has(name) && !admitsNull(property) ? " | null" : "");
    return `${doc(property, inner)}${inner}${key(name)}${required.has(name) ? "" : "?"}: ${value};`;
  });
  return lines.length === 0 ? "Record<string, never>" : `{\n${lines.join("\n")}\n${indent}}`;
}

const admitsNull = (schema) => Array.isArray(schema.type) && schema.type.includes("null");
const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
const doc = ({ description }, indent) => (description ? `${indent}/** ${description.replaceAll("*/", "*\\/")} */\n` : "");

/** The routes below /api/v1, each as "METHOD /path". */
function routes({ paths }) {
  const lines = [];
  for (const [path, methods] of Object.entries(paths)) {
    if (!path.startsWith("/api/v1/")) continue;
    for (const [method, operation] of Object.entries(methods)) {
      const parts = [];
      for (const place of ["path", "query"]) {
        const parameters = (operation.parameters ?? []).filter((each) => each.in === place);
        if (parameters.length === 0) continue;
        const fields = parameters.map((each) => `${key(each.name)}${each.required ? "" : "?"}: ${type(each.schema, "    ", false)}${each.required ? "" : " | null"}`);
        parts.push(`${place}: { ${fields.join("; ")} }`);
      }
      const body = operation.requestBody?.content?.["application/json"]?.schema;
      if (body) parts.push(`body${operation.requestBody.required === false ? "?" : ""}: ${type(body, "    ", true)}`);
      parts.push(`answer: ${answer(operation)}`);
      lines.push(`${doc({ description: operation.summary }, "  ")}  ${JSON.stringify(`${method.toUpperCase()} ${path.slice("/api/v1".length)}`)}: { ${parts.join("; ")} };`);
    }
  }
  return `/** What each route takes and what it answers. */\nexport interface Routes {\n${lines.join("\n")}\n}\n`;
}

/** What comes with each kind of event. */
function events({ "x-events": kinds = {} }) {
  const lines = Object.entries(kinds).map(([name, { summary, payload }]) => `${doc({ description: summary }, "  ")}  ${JSON.stringify(name)}: ${type(payload, "  ", false)};`);
  return `/** What the server tells as it happens, by kind. */\nexport interface Events {\n${lines.join("\n")}\n}\n`;
}

/** The JSON of the good answers; nothing where there is none. */
function answer({ responses }) {
  const good = Object.entries(responses).filter(([code]) => code.startsWith("2"));
  const types = good.map(([status, response]) => {
    if (status === "204") return "undefined";
    const schema = response.content?.["application/json"]?.schema;
    return schema ? type(schema, "  ", false) : "unknown";
  });
  return types.length === 0 ? "undefined" : [...new Set(types)].join(" | ");
}

/** The schemas that only requests use. */
function requestOnly({ paths, "x-events": kinds = {} }, schemas) {
  const [asked, answered] = [new Set(), new Set()];
  const collect = (value, into) => {
    if (Array.isArray(value)) return value.forEach((each) => collect(each, into));
    if (typeof value !== "object" || value === null) return undefined;
    const name = value.$ref?.split("/").pop();
    if (name && !into.has(name)) {
      into.add(name);
      collect(schemas[name], into);
    }
    return Object.values(value).forEach((each) => collect(each, into));
  };
  collect(kinds, answered);
  for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods))) {
    collect(operation.requestBody, asked);
    collect(operation.responses, answered);
  }
  return new Set([...asked].filter((name) => !answered.has(name)));
}
