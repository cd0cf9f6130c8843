import type { Citation } from "../api/conversations";
import type { Place } from "../frame/Area";
import { openPanel } from "../frame/panel";
import { navigate } from "../routing/location";
import { paths, withQuery } from "../routing/paths";

/** Opens the page that a source names: beside the conversation, or in the reader when the conversation stands beside that. */
export function openSource(place: Place, citation: Citation, answer: string | null): void {
  const { document_id: document, chunk_id: chunk, number, quote } = citation;
  const page = citation.page ?? null;
  // The time makes the same source, pressed again, a wish to see it again.
  const state = { quote, at: Date.now() };
  if (place.area === "viewer") {
    navigate(withQuery(paths.document(document), { page, chunk, panel: place.query.get("panel"), answer, source: number }), { state });
  } else {
    openPanel("document", document, { page, chunk, source: number, answer }, state);
  }
}

/** The number of the source that an address has open, and of which answer. */
export function sourceAt(query: URLSearchParams): { answer: string; number: number } | null {
  const number = Number.parseInt(query.get("source") ?? "", 10);
  const answer = query.get("answer");
  return answer !== null && Number.isSafeInteger(number) ? { answer, number } : null;
}
