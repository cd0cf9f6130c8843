import { useEffect, useState } from "react";
import { Card, cardsAPI, cardStates, CardLimits, CardState, deckFiles } from "../api/cards";
import { CourseTag } from "../course/CourseTag";
import { Icon } from "../design/Icon";
import { Menu } from "../design/Menu";
import { ReadingMonster } from "../design/Monster";
import { Loading, Problem } from "../design/Notice";
import { outOfSight } from "../design/UndoableDeletion";
import { tellFailure } from "../design/toastStore";
import type { PageProps } from "../frame/Area";
import { openSheet } from "../frame/sheets";
import { Link } from "../routing/Link";
import { navigate, setParameters } from "../routing/location";
import { paths, withQuery } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { useDebounced } from "../state/useDebounced";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { CardRow } from "./CardRow";
import { deckList, loadDecks } from "./cardsStore";
import { DeckCounts } from "./DeckRow";
import { bringCards, saveDeck } from "./exchange";
import { stateText } from "./stateText";
import { useCards } from "./useCards";

const step = 50;

/** One deck: its cards, to be found, added and edited. */
export function DeckPage({ params, query }: PageProps) {
  const id = params["deck"] ?? "";
  const { items, phase } = useStore(deckList);
  const deck = items.find((each) => each.id === id);
  const heading = usePage(deck?.name ?? t("cards.deck"));
  const leaving = useStore(outOfSight);
  useEffect(() => {
    if (deckList.get().phase !== "ready") void loadDecks();
  }, []);
  const state = (query.get("state") ?? "") as CardState | "";
  const limits: CardLimits = { deck: id, text: useDebounced((query.get("q") ?? "").trim(), 200), state, tag: query.get("tag") ?? "" };
  const cards = useCards(limits, step);
  const shown = cards.items.filter(({ text_id, id: card }) => !leaving.has(card) && !leaving.has(text_id));
  if (!deck) return phase === "ready" ? <Gone /> : <Loading label={t("cards.reading")} />;
  const limited = limits.text !== "" || limits.state !== "" || limits.tag !== "";
  const open = deck.due_count + deck.learning_count + deck.new_count;
  return (
    <div className="page cards-page">
      <header className="page-head">
        <div>
          <p className="cards-back"><Link to={paths.cards}>{t("cards.all")}</Link></p>
          <h1 ref={heading} tabIndex={-1} dir="auto">{deck.name}</h1>
          <div className="sub"><CourseTag id={deck.course_id} /> <DeckCounts deck={deck} /></div>
        </div>
        <div className="cards-actions">
          <button type="button" className="button" onClick={() => openSheet("new-card", id)}><Icon name="plus" size={18} /> {t("cards.newCard")}</button>
          {open > 0 ? <Link to={paths.review(id)} className="button primary"><Icon name="play" size={18} /> {t("cards.learnShort")}</Link> : null}
          <Menu
            label={t("cards.actions", { name: deck.name })}
            items={[
              { label: t("cards.changeDeck"), icon: "pencil", run: () => openSheet("deck", id) },
              { label: t("cards.bring"), icon: "upload", run: () => bringCards(id) },
              ...deckFiles.map((format) => ({ label: t(`cards.save_${format}`), icon: "download" as const, run: () => void saveDeck(id, deck.name, format) })),
              { label: t("cards.ahead"), icon: "clock", run: () => navigate(withQuery(paths.review(id), { ahead: 1 })) },
            ]}
          />
        </div>
      </header>
      {deck.card_count > 0 || limited ? (
        <div className="cards-tools">
          <input className="input" type="search" dir="auto" aria-label={t("cards.find")} placeholder={t("cards.find")} value={query.get("q") ?? ""} onChange={(event) => setParameters({ q: event.target.value })} />
          <select className="input" aria-label={t("cards.which")} value={state} onChange={(event) => setParameters({ state: event.target.value })}>
            <option value="">{t("cards.every")}</option>
            {cardStates.map((each) => <option key={each} value={each}>{stateText(each)}</option>)}
          </select>
          <TagChoice deck={id} tag={limits.tag} count={deck.card_count} />
        </div>
      ) : null}
      {cards.problem ? <Problem action={{ label: t("cards.tryAgain"), run: cards.reload }}>{cards.problem}</Problem> : null}
      {cards.phase === "loading" && cards.items.length === 0 ? <Loading label={t("cards.reading")} /> : null}
      {cards.phase === "ready" && shown.length === 0 ? (limited ? <p className="cards-none">{t("cards.noneFound")}</p> : <NoCards deck={id} />) : null}
      {shown.length > 0 ? <ul className="cards-list" aria-label={t("cards.cards")}>{shown.map((card) => <CardRow key={card.id} card={card} change={change} />)}</ul> : null}
      {cards.items.length < cards.total ? <button type="button" className="button" onClick={cards.more}>{t("cards.more", { count: cards.total - cards.items.length })}</button> : null}
    </div>
  );

  function change(card: Card, values: { is_suspended?: boolean; is_buried?: boolean }): void {
    cardsAPI.change(card.id, values).then(cards.place, (error: unknown) => tellFailure(error));
  }
}

/** The tags of a deck; none, no choice. */
function TagChoice({ deck, tag, count }: { deck: string; tag: string; count: number }) {
  const [tags, setTags] = useState<string[]>([]);
  useEffect(() => {
    const controller = new AbortController();
    cardsAPI.tags(deck, controller.signal).then(setTags, () => undefined);
    return () => controller.abort();
  }, [deck, count]);
  if (tags.length === 0 && tag === "") return null;
  return (
    <select className="input" aria-label={t("cards.tag")} value={tag} onChange={(event) => setParameters({ tag: event.target.value })}>
      <option value="">{t("cards.everyTag")}</option>
      {[...new Set([...tags, ...(tag === "" ? [] : [tag])])].map((each) => <option key={each} value={each}>{each}</option>)}
    </select>
  );
}

function NoCards({ deck }: { deck: string }) {
  return (
    <div className="empty">
      <ReadingMonster />
      <h2>{t("cards.emptyTitle")}</h2>
      <p>{t("cards.empty")}</p>
      <div className="actions"><button type="button" className="button primary" onClick={() => openSheet("new-card", deck)}><Icon name="plus" size={18} /> {t("cards.newCard")}</button></div>
    </div>
  );
}

function Gone() {
  return (
    <div className="page">
      <div className="empty">
        <ReadingMonster />
        <h1 tabIndex={-1}>{t("cards.goneTitle")}</h1>
        <p>{t("cards.gone")}</p>
        <div className="actions"><Link className="button primary" to={paths.cards}>{t("cards.all")}</Link></div>
      </div>
    </div>
  );
}
