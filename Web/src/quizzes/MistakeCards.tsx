import { useState } from "react";
import { manyCards } from "../api/cards";
import { quizzes, QuizQuestion, QuizResult } from "../api/quizzes";
import { deckNamed } from "../cards/deckNamed";
import { Icon } from "../design/Icon";
import { showToast, tellFailure } from "../design/toastStore";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { t } from "../strings/t";
import { cardsOfMissed } from "./cardsOfMissed";

interface MistakeCardsProps {
  quiz: string;
  missed: readonly { question: QuizQuestion; result: QuizResult }[];
}

/** Makes cards of what was missed with one tap, then leads to them. */
export function MistakeCards({ quiz, missed }: MistakeCardsProps) {
  const [busy, setBusy] = useState(false);
  const [deck, setDeck] = useState<string | null>(null);
  const make = async () => {
    setBusy(true);
    try {
      const goal = await deckNamed(t("quizzes.mistakes"), (await quizzes.get(quiz)).course_id ?? null);
      const { made, known } = await manyCards.write(goal, cardsOfMissed(missed));
      setDeck(goal);
      showToast([made > 0 ? t("quizzes.cardsMade", { count: made }) : "", known > 0 ? t("quizzes.cardsKnown", { count: known }) : ""].filter(Boolean).join(" "));
    } catch (error) {
      tellFailure(error);
    }
    setBusy(false);
  };
  if (deck !== null) return <Link className="button" to={paths.deck(deck)}><Icon name="cards" size={18} /> {t("quizzes.toCards")}</Link>;
  return <button type="button" className="button" disabled={busy} onClick={() => void make()}><Icon name="cards" size={18} /> {t("quizzes.makeCards", { count: missed.length })}</button>;
}
