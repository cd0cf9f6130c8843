import type { Area } from "../frame/Area";
import { openSheet } from "../frame/sheets";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { applyToCards, deckList, forgetCards, startCards, waiting } from "./cardsStore";
import { CardDialogs } from "./CardDialogs";

/** Flashcards: decks, what waits today, and learning it. */
export const cardsArea: Area = {
  name: "cards",
  routes: [
    { pattern: "/cards", page: "decks" },
    { pattern: "/cards/:deck", page: "deck" },
    { pattern: "/review", page: "review", fixed: true },
    { pattern: "/review/:deck", page: "review", fixed: true },
    { pattern: "/statistics", page: "statistics" },
  ],
  load: () => import("./pages"),
  railItems: [{
    label: t("cards.place"), icon: "cards", to: paths.cards, pages: ["cards/decks", "cards/deck", "cards/review", "cards/statistics"], rail: true, phone: "bar", useCount: () => useStore(waiting) ?? 0,
  }],
  newActions: [{ label: t("cards.newCard"), icon: "cards", run: (place) => openSheet("new-card", place?.area === "cards" ? place.params["deck"] : undefined) }],
  palette: {
    always: () => [
      ...deckList.get().items.map((deck) => ({
        id: `deck-${deck.id}`, group: "find" as const, label: deck.name, detail: t("cards.deck"), icon: "cards" as const, run: () => navigate(paths.deck(deck.id)),
      })),
      { id: "cards", group: "go", label: t("cards.place"), icon: "cards", run: () => navigate(paths.cards) },
      { id: "review", group: "do", label: t("cards.start"), icon: "play", run: () => navigate(paths.review()) },
      { id: "statistics", group: "go", label: t("cards.statistics"), icon: "chart", run: () => navigate(paths.statistics()) },
      { id: "new-card", group: "do", label: t("cards.newCard"), icon: "plus", run: () => openSheet("new-card") },
    ],
  },
  overlays: CardDialogs,
  start: startCards,
  applyEvent: applyToCards,
  forget: forgetCards,
};
