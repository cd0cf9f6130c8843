import { lazy, Suspense, useEffect, useState } from "react";
import { Card, cardsAPI, decksAPI } from "../api/cards";
import { isAbort } from "../api/errors";
import { tellFailure } from "../design/toastStore";
import { closeSheet, useSheet } from "../frame/sheets";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { deckList, loadDecks, placeDeck } from "./cardsStore";
import { DeckForm } from "./DeckForm";
import { StudyDialog } from "./StudyDialog";

// What draws cards comes with their pages.
const CardForm = lazy(() => import("./CardForm"));

/** The dialogs that write a card, change one, or make a deck, while the address asks for them. */
export function CardDialogs() {
  const newCard = useSheet("new-card");
  const cardID = useSheet("card");
  const newDeck = useSheet("new-deck");
  const deckID = useSheet("deck");
  const study = useSheet("study") !== null;
  const { items, phase } = useStore(deckList);
  const asked = newCard !== null || (cardID !== null && cardID !== "") || deckID !== null;
  useEffect(() => {
    if (asked && deckList.get().phase !== "ready") void loadDecks();
  }, [asked]);
  const card = useCard(cardID);
  const deck = items.find((each) => each.id === deckID);

  if (study) return <StudyDialog />;
  if (newDeck !== null) {
    return <DeckForm title={t("cards.newDeck")} deck={null} course={newDeck} save={async (name, course) => placeDeck(await decksAPI.create(name, course))} />;
  }
  if (deck) {
    return <DeckForm key={deck.id} title={t("cards.changeDeck")} deck={deck} course={deck.course_id ?? ""} save={async (name, course) => placeDeck(await decksAPI.change(deck.id, { name, course_id: course }))} />;
  }
  if (phase !== "ready" || (newCard === null && card === null)) return null;
  return <Suspense fallback={null}><CardForm key={card?.id ?? "new"} card={card} deck={newCard === null || newCard === "" ? null : newCard} onClose={closeSheet} /></Suspense>;
}

/** The card that is to be changed, as the server has it. */
function useCard(id: string | null): Card | null {
  const [card, setCard] = useState<Card | null>(null);
  useEffect(() => {
    setCard(null);
    if (id === null || id === "") return undefined;
    const controller = new AbortController();
    cardsAPI.show(id, controller.signal).then(setCard, (error: unknown) => {
      if (isAbort(error)) return;
      tellFailure(error);
      closeSheet();
    });
    return () => controller.abort();
  }, [id]);
  return card !== null && card.id === id ? card : null;
}
