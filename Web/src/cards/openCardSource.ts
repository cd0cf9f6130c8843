import type { CardSource } from "../api/cards";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";

/** Opens the document that a card was taken from, at the place, with its words marked. */
export function openCardSource({ document_id, chunk_id, page, quote }: CardSource): void {
  // The time makes the same place, asked for again, a wish to see it again.
  navigate(paths.document(document_id, { page: page ?? null, chunk: chunk_id ?? null }), { state: { quote: quote ?? null, at: Date.now() } });
}
