import { useEffect } from "react";
import { Icon } from "../design/Icon";
import { ReadingMonster } from "../design/Monster";
import { Loading, Problem } from "../design/Notice";
import { outOfSight } from "../design/UndoableDeletion";
import { openSheet } from "../frame/sheets";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { deckList, loadDecks, waiting } from "./cardsStore";
import { DeckRow } from "./DeckRow";
import { bringCards } from "./exchange";

/** What waits today, and all decks. */
export function DecksPage() {
  const heading = usePage(t("cards.place"));
  const { items, phase, problem } = useStore(deckList);
  const leaving = useStore(outOfSight);
  const decks = items.filter(({ id }) => !leaving.has(id));
  useEffect(() => void loadDecks(), []);
  return (
    <div className="page cards-page">
      <header className="page-head">
        <h1 ref={heading} tabIndex={-1}>{t("cards.place")}</h1>
        {decks.length > 0 ? (
          <div className="cards-actions">
            <button type="button" className="button" onClick={() => openSheet("new-deck")}><Icon name="plus" size={18} /> {t("cards.newDeck")}</button>
            <button type="button" className="button" onClick={() => openSheet("new-card")}><Icon name="cards" size={18} /> {t("cards.newCard")}</button>
            <button type="button" className="icon-button" aria-label={t("cards.bring")} title={t("cards.bring")} onClick={() => bringCards(null)}><Icon name="upload" /></button>
            <Link to={paths.statistics()} className="icon-button" aria-label={t("cards.statistics")} title={t("cards.statistics")}><Icon name="chart" /></Link>
            <button type="button" className="icon-button" aria-label={t("cards.study")} title={t("cards.study")} onClick={() => openSheet("study")}><Icon name="settings" /></button>
          </div>
        ) : null}
      </header>
      {problem ? <Problem action={{ label: t("cards.tryAgain"), run: () => void loadDecks() }}>{problem}</Problem> : null}
      {phase === "loading" ? <Loading label={t("cards.reading")} /> : null}
      {phase === "ready" && decks.length === 0 ? <NoDecks /> : null}
      {decks.length > 0 ? <Waiting /> : null}
      {decks.length > 0 ? <ul className="cards-decks" aria-label={t("cards.decks")}>{decks.map((deck) => <DeckRow key={deck.id} deck={deck} />)}</ul> : null}
    </div>
  );
}

function NoDecks() {
  return (
    <div className="empty">
      <ReadingMonster />
      <h2>{t("cards.noneTitle")}</h2>
      <p>{t("cards.none")}</p>
      <div className="actions">
        <button type="button" className="button primary" onClick={() => openSheet("new-card")}><Icon name="plus" size={18} /> {t("cards.firstCard")}</button>
        <button type="button" className="button" onClick={() => openSheet("new-deck")}>{t("cards.newDeck")}</button>
        <button type="button" className="button" onClick={() => bringCards(null)}>{t("cards.bring")}</button>
      </div>
    </div>
  );
}

function Waiting() {
  const count = useStore(waiting);
  if (count === null) return null;
  return (
    <section className="cards-waiting" aria-label={t("cards.today")}>
      <p>{count === 0 ? t("cards.nothingWaits") : t("cards.waits", { count })}</p>
      {count === 0 ? null : <Link to={paths.review()} className="button primary large"><Icon name="play" size={18} /> {t("cards.start")}</Link>}
    </section>
  );
}
