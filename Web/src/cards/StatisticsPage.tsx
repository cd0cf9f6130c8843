import { useEffect, useState } from "react";
import { reviewsAPI, Statistics } from "../api/cards";
import { describe, isAbort } from "../api/errors";
import { Loading, Problem } from "../design/Notice";
import type { PageProps } from "../frame/Area";
import { Link } from "../routing/Link";
import { setParameters } from "../routing/location";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { useStore } from "../state/useStore";
import { numberText, percentText } from "../strings/amounts";
import { t } from "../strings/t";
import { Bars } from "./Bars";
import { deckList, loadDecks } from "./cardsStore";
import { HeatMap } from "./HeatMap";
import { lastDays } from "./lastDays";

/** How the learning goes: what was remembered, what is coming, and on which days one was at it. */
export function StatisticsPage({ query }: PageProps) {
  const heading = usePage(t("cards.statistics"));
  const deck = query.get("deck");
  const { items: decks } = useStore(deckList);
  const [found, setFound] = useState<Statistics | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (deckList.get().phase !== "ready") void loadDecks();
  }, []);
  useEffect(() => {
    const controller = new AbortController();
    setProblem(null);
    reviewsAPI.statistics(deck, 366, controller.signal).then(setFound, (error: unknown) => {
      if (!isAbort(error)) setProblem(describe(error));
    });
    return () => controller.abort();
  }, [deck, attempt]);
  return (
    <div className="page cards-page">
      <header className="page-head">
        <div>
          <p className="cards-back"><Link to={paths.cards}>{t("cards.all")}</Link></p>
          <h1 ref={heading} tabIndex={-1}>{t("cards.statistics")}</h1>
        </div>
        {decks.length > 1 ? (
          <select className="input cards-of" aria-label={t("cards.deck")} value={deck ?? ""} onChange={(event) => setParameters({ deck: event.target.value })}>
            <option value="">{t("cards.every_deck")}</option>
            {decks.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
          </select>
        ) : null}
      </header>
      {problem ? <Problem action={{ label: t("cards.tryAgain"), run: () => setAttempt(attempt + 1) }}>{problem}</Problem> : null}
      {found === null && problem === null ? <Loading label={t("cards.counting")} /> : null}
      {found ? <Plots found={found} /> : null}
    </div>
  );
}

function Plots({ found }: { found: Statistics }) {
  const month = lastDays(found.days, 30);
  const reviews = month.reduce((sum, { reviews: each }) => sum + each, 0);
  const minutes = Math.round(month.reduce((sum, { duration_ms }) => sum + duration_ms, 0) / 60_000);
  const { again, hard, good, easy } = found.buttons;
  const { young, mature, cards } = found;
  return (
    <div className="stats">
      <dl className="stats-facts">
        <Fact name={t("cards.streak")} value={t("cards.daysInRow", { count: found.streak })} />
        <Fact name={t("cards.monthReviews")} value={numberText(reviews)} />
        <Fact name={t("cards.monthTime")} value={t("cards.minutes", { count: minutes })} />
        <Fact name={t("cards.youngRetention")} value={young.tested === 0 ? t("cards.notYet") : percentText(young.remembered / young.tested)} />
        <Fact name={t("cards.matureRetention")} value={mature.tested === 0 ? t("cards.notYet") : percentText(mature.remembered / mature.tested)} />
      </dl>
      <figure>
        <figcaption>{t("cards.year")}</figcaption>
        <HeatMap days={found.days} />
      </figure>
      <figure>
        <figcaption>{t("cards.forecast")}</figcaption>
        <Bars label={t("cards.forecast")} bars={found.forecast.map(({ date, due }) => ({ name: date, value: due }))} dates />
      </figure>
      <figure>
        <figcaption>{t("cards.timeADay")}</figcaption>
        <Bars label={t("cards.timeADay")} bars={month.map(({ date, duration_ms }) => ({ name: date, value: Math.round(duration_ms / 6000) / 10 }))} dates />
      </figure>
      <figure>
        <figcaption>{t("cards.buttons")}</figcaption>
        <Bars label={t("cards.buttons")} bars={[{ name: t("cards.again"), value: again }, { name: t("cards.hard"), value: hard }, { name: t("cards.good"), value: good }, { name: t("cards.easy"), value: easy }]} />
      </figure>
      <figure>
        <figcaption>{t("cards.cards")}</figcaption>
        <Bars
          label={t("cards.cards")}
          bars={[
            { name: t("cards.state_new"), value: cards.new }, { name: t("cards.state_learning"), value: cards.learning }, { name: t("cards.young"), value: cards.young },
            { name: t("cards.mature"), value: cards.mature }, { name: t("cards.state_suspended"), value: cards.suspended },
          ]}
        />
      </figure>
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return <div><dt>{name}</dt><dd>{value}</dd></div>;
}
