import { marked } from "marked";
import { t } from "../strings/t";

/** A block of an answer: its source, by which it is known again, and its HTML, not yet sanitised. */
export interface Block {
  source: string;
  html: string;
}

interface ExtensionToken {
  type: string;
  raw: string;
  text: string;
  display?: boolean;
}

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}

const inlineMath: marked.TokenizerExtension & marked.RendererExtension = {
  name: "inlineMath",
  level: "inline",
  start: (source: string) => nonNegative(source.search(/\$|\\\(/)),
  tokenizer(source: string) {
    const match = /^\\\((.+?)\\\)/s.exec(source) ?? /^\$(?!\s|\$)((?:\\.|[^$\\\n])+?)(?<!\s)\$(?!\d)/.exec(source);
    return match ? { type: "inlineMath", raw: match[0] ?? "", text: match[1] ?? "" } : undefined;
  },
  renderer: (token) => mathHTML((token as unknown as ExtensionToken).text, false),
};

const blockMath: marked.TokenizerExtension & marked.RendererExtension = {
  name: "blockMath",
  level: "block",
  start: (source: string) => nonNegative(source.search(/\$\$|\\\[/)),
  tokenizer(source: string) {
    const match = /^\$\$(.+?)\$\$(?:\n|$)/s.exec(source) ?? /^\\\[(.+?)\\\](?:\n|$)/s.exec(source);
    return match ? { type: "blockMath", raw: match[0] ?? "", text: match[1] ?? "" } : undefined;
  },
  renderer: (token) => mathHTML((token as unknown as ExtensionToken).text, true),
};

/** The last word, its sources' buttons, and the punctuation after them. */
const wordWithSources = /([^\s<>]+ ?)((?:<button type="button" class="cite"[^>]*>\d+<\/button>)+)([.,;:!?)]*)/g;

/** A source's number never begins a line apart from the words that it supports. */
function glued(html: string): string {
  return html.replace(wordWithSources, '<span class="kept">$1$2$3</span>');
}

function mathHTML(tex: string, display: boolean): string {
  const tag = display ? "div" : "span";
  return `<${tag} class="math" data-display="${display}">${escape(tex.trim())}</${tag}>`;
}

/** The numbers of the sources that the answer in hand lists. The parser works through one answer at a time. */
let listed: ReadonlySet<number> = new Set();

/**
 * `[3]` names a source where the answer lists it, alone or in a row; not behind a word or a sign that makes it an index or an interval.
 * Scripts without spaces between words set it right behind the last letter. The renderer leaves code alone.
 */
const citation = /(?<![[\](){}\\$_]|[^\P{L}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|\p{N}|&quot;|&#39;|(?:[=+*/|^∈∉⊂×·~]|&lt;|&gt;|&amp;)\s*)(?:\[[1-9]\d{0,2}\])+/gu;

function withCitations(text: string): string {
  return text.replace(citation, (row) =>
    row.replace(/\[(\d+)\]/g, (marker, number: string) => (listed.has(Number(number)) ? button(number) : marker)),
  );
}

function button(number: string): string {
  return `<button type="button" class="cite" data-cite="${number}" aria-label="${t("chat.sourceNumber", { number })}">${number}</button>`;
}

function nonNegative(index: number): number | void {
  return index < 0 ? undefined : index;
}

marked.use({
  extensions: [inlineMath, blockMath],
  renderer: { html: (html: string) => escape(html), text: withCitations },
});

/**
 * Cuts an answer into blocks. While it streams only its last block changes, so the others need not be drawn again.
 * HTML in the answer is shown as text: a model has no business writing tags.
 *
 * `numbers`: of the sources that it lists.
 */
export function blocksOf(markdown: string, numbers: Iterable<number> = []): Block[] {
  listed = new Set(numbers);
  const tokens = marked.lexer(markdown);
  const links = (tokens as unknown as { links: unknown }).links;
  const blocks: Block[] = [];
  for (const token of tokens) {
    if (token.type === "space") continue;
    const list = Object.assign([token], { links }) as unknown as marked.TokensList;
    blocks.push({ source: token.raw, html: glued(marked.parser(list)) });
  }
  return blocks;
}
