import { useEffect, useState } from "react";
import { documents } from "../api/documents";
import { useLocation } from "../routing/location";
import type { PassageTarget } from "../routing/paths";

/** What to highlight: the quotation where a citation led here, else the chunk that the address names. */
export interface Passage {
  page: number | null;
  /** Best first; the next is tried when one is not on the page. */
  texts: string[];
  /** The document that the chunk stands in: an old version of the one that was asked for, where that is not it. */
  document: string;
  /** Changes when the same passage is asked for again. */
  at: number;
}

/** @param cited the quotation as the answer has it, for who comes by the address alone. */
export function usePassage(id: string, target: PassageTarget, cited: string | null): Passage | null {
  const { state } = useLocation();
  const { page, chunk } = target;
  const quote = textIn(state, "quote") ?? cited;
  const at = timeIn(state);
  const [passage, setPassage] = useState<Passage | null>(null);
  useEffect(() => {
    if (chunk === null) {
      setPassage({ page, texts: quote ? [quote] : [], document: id, at });
      return undefined;
    }
    const controller = new AbortController();
    documents.chunk(id, chunk, controller.signal).then(
      (answer) => setPassage({ page: page ?? answer.page ?? null, texts: [...(quote ? [quote] : []), answer.text], document: answer.document_id, at }),
      () => {
        if (!controller.signal.aborted) setPassage({ page, texts: quote ? [quote] : [], document: id, at });
      },
    );
    return () => controller.abort();
  }, [id, page, chunk, quote, at]);
  return passage;
}

function textIn(state: unknown, name: string): string | null {
  const value = (state as Record<string, unknown> | null)?.[name];
  return typeof value === "string" && value !== "" ? value : null;
}

function timeIn(state: unknown): number {
  const value = (state as Record<string, unknown> | null)?.["at"];
  return typeof value === "number" ? value : 0;
}
