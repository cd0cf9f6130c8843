import { decksAPI } from "../api/cards";
import { deckList, loadDecks, placeDeck } from "./cardsStore";

/** The deck of a name in a course, or outside of all; made where there is none. */
export async function deckNamed(name: string, course: string | null): Promise<string> {
  if (deckList.get().phase !== "ready") await loadDecks();
  const known = deckList.get().items.find((deck) => deck.name === name && (deck.course_id ?? null) === course);
  if (known) return known.id;
  const made = await decksAPI.create(name, course);
  placeDeck(made);
  return made.id;
}
