import en from "./generated/en";
import { language, region } from "./locale";
import { Formatter, Message, Parameters } from "./message";

type Tables = typeof en;

/** Names a message: the folder that it belongs to, and its key there. */
export type Key = { [Area in keyof Tables & string]: `${Area}.${keyof Tables[Area] & string}` }[keyof Tables & string];

export type MessageOf<K> = K extends `${infer Area}.${infer Name}`
  ? Area extends keyof Tables ? (Name extends keyof Tables[Area] ? Tables[Area][Name] : never) : never
  : never;

type Loose = Readonly<Record<string, Readonly<Record<string, Message>>>>;

let tables: Loose = en;
let formatter = new Formatter("en", region);

/** Brings the words of the page's language. English is always there; another language is a file of its own. */
export async function loadWords(): Promise<void> {
  if (language === "en") return;
  const { default: translated } = await import("./generated/de");
  tables = translated;
  formatter = new Formatter(language, region);
}

/** What the app says, in the reader's language: `t("library.documents", { count: 3 })` is "3 documents". */
export function t<K extends Key>(key: K, ...[parameters]: Parameters<MessageOf<K>>): string {
  return formatter.format(messageNamed(key), parameters);
}

/** The message for a name that is known only at run time; undefined where there is none. */
export function messageFor(area: keyof Tables, name: string): Message | undefined {
  const table = tables[area];
  return table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
}

export function formatted(message: Message, parameters: Readonly<Record<string, string | number>>): string {
  return formatter.format(message, parameters);
}

function messageNamed(key: string): Message {
  const dot = key.indexOf(".");
  return tables[key.slice(0, dot)]?.[key.slice(dot + 1)] ?? key;
}
