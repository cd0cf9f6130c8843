import { useEffect } from "react";
import { Icon } from "../design/Icon";
import { Problem } from "../design/Notice";
import { outOfSight } from "../design/UndoableDeletion";
import { openSheet } from "../frame/sheets";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { deckList, loadDecks } from "./cardsStore";
import { DeckRow } from "./DeckRow";

/** The decks of a course. */
export function CourseDecks({ course }: { course: string }) {
  const { items, phase, problem } = useStore(deckList);
  const leaving = useStore(outOfSight);
  useEffect(() => void loadDecks(), []);
  const decks = items.filter(({ id, course_id }) => course_id === course && !leaving.has(id));
  return (
    <section className="cards-of-course" aria-labelledby="course-decks">
      <header>
        <h2 id="course-decks">{t("cards.decks")}</h2>
        <button type="button" className="button" onClick={() => openSheet("new-deck", course)}><Icon name="plus" size={18} /> {t("cards.newDeck")}</button>
      </header>
      {problem ? <Problem action={{ label: t("cards.tryAgain"), run: () => void loadDecks() }}>{problem}</Problem> : null}
      {phase === "ready" && decks.length === 0 ? <p className="cards-none">{t("cards.noneOfCourse")}</p> : null}
      {decks.length > 0 ? <ul className="cards-decks" aria-label={t("cards.decks")}>{decks.map((deck) => <DeckRow key={deck.id} deck={deck} />)}</ul> : null}
    </section>
  );
}
