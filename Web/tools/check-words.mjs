// Fails on words that no catalogue holds, on a key that is missing, unused or said with other names in another language.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, relative } from "node:path";
import { modules, web } from "./paths.mjs";
import { literalWords } from "./literal-words.mjs";
import { languages, wordFiles } from "./words.mjs";

const ts = createRequire(import.meta.url)(`${modules}/typescript/lib/typescript.js`);
const source = join(web, "src");
/** Names of sources whose words still stand in them; the list only ever gets shorter. */
const waitingList = join(web, "tools", "literal-words.txt");

const faults = [];
const english = new Map();

for (const language of languages()) {
  for (const [area, file] of wordFiles(language)) {
    for (const [name, message] of messages(file)) {
      const key = `${area}.${name}`;
      if (language === "en") english.set(key, message);
      else compare(language, key, message);
    }
  }
  if (language !== "en") {
    const there = new Set(wordFiles(language).flatMap(([area, file]) => [...messages(file).keys()].map((name) => `${area}.${name}`)));
    for (const key of english.keys()) if (!there.has(key)) faults.push(`${key}: ${language} has no such message`);
  }
}

const used = new Set();
const patterns = [];
const waiting = new Set(existsSync(waitingList) ? readFileSync(waitingList, "utf8").split("\n").filter(Boolean) : []);
for (const name of readdirSync(source, { recursive: true }).sort()) {
  if (!/\.tsx?$/.test(name) || /\.d\.ts$|\.test\.tsx?$|(^|\/)words\.\w+\.ts$|(^|\/)generated\//.test(name)) continue;
  const file = parse(join(source, name));
  collectKeys(file);
  const literals = literalWords(ts, file);
  const shown = `src/${name}`;
  if (waiting.has(basename(name))) {
    if (literals.length === 0) faults.push(`Web/${shown}: has no words of its own any more; take it off Web/${relative(web, waitingList)}`);
  } else for (const { line, text } of literals) faults.push(`Web/${shown}:${line}: put these words into a words.en.ts: ${JSON.stringify(text)}`);
}
for (const key of english.keys()) {
  if (!used.has(key) && !patterns.some(([head, tail]) => key.startsWith(head) && key.endsWith(tail))) faults.push(`${key}: nothing says it`);
}

const failureCodes = readFileSync(join(web, "..", "Sources", "Platform", "Failures", "FailureCode.swift"), "utf8").matchAll(/^    case [`\w]+ = "(\w+)"/gm);
for (const [, code] of failureCodes) if (!english.has(`codes.${code}`)) faults.push(`codes.${code}: the server answers with this code, and no message tells it`);

for (const fault of faults) console.error(fault);
process.exit(faults.length === 0 ? 0 : 1);

function parse(path) {
  return ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2022, true, path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
}

/** The messages of a table, by name: each a map from its form to its text. A plain one has the form "". */
function messages(path) {
  const table = new Map();
  const visit = (node) => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === "words" && node.initializer) {
      for (const property of objectIn(node.initializer).properties) table.set(nameOf(property), formsOf(property.initializer, path));
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(path));
  return table;
}

function objectIn(node) {
  return ts.isAsExpression(node) ? objectIn(node.expression) : node;
}

function nameOf(property) {
  return ts.isStringLiteral(property.name) ? property.name.text : property.name.getText();
}

function formsOf(node, path) {
  if (ts.isStringLiteralLike(node)) return new Map([["", node.text]]);
  if (!ts.isObjectLiteralExpression(node)) throw new Error(`${path}: ${node.getText()} is neither a text nor its forms`);
  return new Map(node.properties.map((property) => [nameOf(property), property.initializer.text]));
}

/** What a message in another language must share with the English one. */
function compare(language, key, message) {
  const original = english.get(key);
  if (original === undefined) return faults.push(`${key}: ${language} has it and English does not`);
  for (const [kind, pattern] of [["names", /\{(\w+)\}/g], ["marks", /<\/(\w+)>/g]]) {
    const [wanted, got] = [original, message].map((forms) => marks(forms, pattern));
    // What is only the server's own sentence may be told in other words altogether.
    if (wanted !== got && original.get("") !== "{message}") faults.push(`${key}: ${language} has the ${kind} [${got}], English [${wanted}]`);
  }
  if (original.has("") !== message.has("")) faults.push(`${key}: is counted in one language only`);
  for (const [forms, tongue] of [[message, language], [original, "en"]]) {
    if (forms.has("")) continue;
    for (const form of new Intl.PluralRules(tongue).resolvedOptions().pluralCategories) {
      if (!forms.has(form)) faults.push(`${key}: ${tongue} counts by “${form}” too, and there is no such form`);
    }
  }
  return undefined;
}

function marks(forms, pattern) {
  return [...new Set([...forms.values()].flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1])))].filter((name) => name !== "count").sort().join(", ");
}

/** Every text that is a key counts as a use of it; a key put together as in t(`errors.${code}`) uses all that it may become. */
function collectKeys(file) {
  const visit = (node) => {
    if (ts.isStringLiteralLike(node) && english.has(node.text)) used.add(node.text);
    if (ts.isTemplateExpression(node) && /^\w+\./.test(node.head.text)) patterns.push([node.head.text, node.templateSpans[node.templateSpans.length - 1].literal.text]);
    // A name that is known only at run time may be any of its area's.
    if (ts.isCallExpression(node) && node.expression.getText() === "messageFor") patterns.push([`${node.arguments[0].text}.`, ""]);
    ts.forEachChild(node, visit);
  };
  visit(file);
}
