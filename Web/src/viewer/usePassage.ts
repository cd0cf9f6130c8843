import { useEffect, useState } from "react";
import { documents } from "../api/documents";
import { useLocation } from "../routing/location";
import type { PassageTarget } from "../routing/paths";

/** What to highlight: the quotation where a citation led here, else the chunk that the address names. */
export interface Passage {
  page: number | null;
  /** Best first; the next is tried when one is not on the page. */
  texts: string[];
  /** Grows when the same passage is asked for again. */
  visit: number;
}

export function usePassage(id: string, target: PassageTarget): Passage | null {
  const { state, visit } = useLocation();
  const { page, chunk } = target;
  const quote = quoteIn(state);
  const [passage, setPassage] = useState<Passage | null>(null);
  useEffect(() => {
    if (chunk === null) {
      setPassage({ page, texts: quote ? [quote] : [], visit });
      return undefined;
    }
    const controller = new AbortController();
    documents.chunk(id, chunk, controller.signal).then(
      (answer) => setPassage({ page: page ?? answer.page ?? null, texts: [...(quote ? [quote] : []), answer.text], visit }),
      () => {
        if (!controller.signal.aborted) setPassage({ page, texts: quote ? [quote] : [], visit });
      },
    );
    return () => controller.abort();
  }, [id, page, chunk, quote, visit]);
  return passage;
}

function quoteIn(state: unknown): string | null {
  if (typeof state !== "object" || state === null) return null;
  const quote = (state as Record<string, unknown>)["quote"];
  return typeof quote === "string" && quote !== "" ? quote : null;
}
