import { documents } from "../api/documents";
import { tellFailure } from "../design/toastStore";
import { saveNote } from "./saveNote";

/** Keeps words of a document as a note that leads back to them. */
export async function noteOfWords(words: string, document: string, title: string, page: number): Promise<void> {
  const quote = words.replace(/\s+/g, " ").trim();
  try {
    // A citation names the passage that the words stand in.
    const found = await documents.passageOf(quote.slice(0, 400), document);
    if (found === null) return void saveNote({ title: `${title}: ${quote.slice(0, 60)}`, content: `> ${quote}`, citations: [] });
    const citation = { number: 1, document_id: document, chunk_id: found, title, quote, start: 0, end: 0, ...(page > 0 ? { page } : {}) };
    await saveNote({ title: `${title}: ${quote.slice(0, 60)}`, content: `> ${quote} [1]\n\n`, citations: [citation] });
  } catch (error) {
    tellFailure(error);
  }
}
