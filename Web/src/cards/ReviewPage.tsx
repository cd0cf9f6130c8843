import { KeyboardEvent, useEffect, useMemo, useRef } from "react";
import { cardsAPI, DueCard, Rating } from "../api/cards";
import { reachable } from "../api/connection";
import { Icon } from "../design/Icon";
import { Menu, MenuItem } from "../design/Menu";
import { ReadingMonster } from "../design/Monster";
import { Loading, Problem } from "../design/Notice";
import { tellFailure } from "../design/toastStore";
import type { PageProps } from "../frame/Area";
import { openSheet } from "../frame/sheets";
import { Link } from "../routing/Link";
import { paths, withQuery } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { ListenButton } from "../speech/ListenButton";
import { useStore } from "../state/useStore";
import { percentText } from "../strings/amounts";
import { t } from "../strings/t";
import { changedCard, countWaiting } from "./cardsStore";
import { spokenText } from "./gaps";
import { unsent } from "./givenAnswers";
import { intervalText } from "./intervalText";
import { openCardSource } from "./openCardSource";
import { kindOf, ReviewSession, ReviewState } from "./ReviewSession";
import { Side } from "./Side";

/** One card at a time over the whole window: Space shows the answer, 1 to 4 say how well it was remembered. */
export function ReviewPage({ params, query }: PageProps) {
  const deck = params["deck"] ?? null;
  const ahead = query.get("ahead") !== null;
  const session = useMemo(() => new ReviewSession(deck, ahead), [deck, ahead]);
  const state = useStore(session.store);
  const heading = usePage(t("cards.reviewing"), { focus: false });
  const place = useRef<HTMLElement>(null);
  const { card, revealed, phase } = state;
  useEffect(() => {
    void session.load();
    return () => {
      session.end();
      void countWaiting();
    };
  }, [session]);
  useEffect(() => changedCard.subscribe(() => {
    const changed = changedCard.get();
    if (changed) session.rewritten(changed.id, changed.question, changed.answer, changed.markup);
  }), [session]);
  // The keys work wherever one is on this page, and nowhere else.
  useEffect(() => place.current?.focus({ preventScroll: true }), [card?.card_id, revealed, phase]);

  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || (event.target instanceof Element && event.target.closest("[role=menu], input, textarea, select"))) return;
    const onButton = event.target instanceof Element && event.target.closest("button, a") !== null;
    const action = actionFor(event.key, onButton, session, state);
    if (action === null) return;
    event.preventDefault();
    action();
  };

  return (
    <section ref={place} className="review" tabIndex={-1} aria-label={t("cards.reviewing")} onKeyDown={keys}>
      <header className="review-head">
        <Link to={deck === null ? paths.cards : paths.deck(deck)} className="icon-button" aria-label={t("cards.leave")} title={t("cards.leave")}><Icon name="close" /></Link>
        <h1 ref={heading} tabIndex={-1} className="visually-hidden">{t("cards.reviewing")}</h1>
        <Left state={state} />
        <Unsent />
        <button type="button" className="icon-button" aria-label={t("cards.undo")} title={`${t("cards.undo")} (U)`} disabled={!state.canUndo} onClick={() => session.undo()}><Icon name="undo" /></button>
        {card ? <CardMenu card={card} session={session} /> : null}
      </header>
      {phase === "loading" ? <Loading label={t("cards.lookingFor")} /> : null}
      {phase === "failed" ? <div className="review-body"><Problem action={{ label: t("cards.tryAgain"), run: () => void session.load() }}>{state.problem}</Problem></div> : null}
      {phase === "asking" && card ? <Asked card={card} revealed={revealed} /> : null}
      {phase === "asking" && card ? <Foot card={card} state={state} session={session} /> : null}
      {phase === "done" ? <Done state={state} deck={deck} /> : null}
    </section>
  );
}

function actionFor(key: string, onButton: boolean, session: ReviewSession, { card, revealed, twoButtons, canUndo }: ReviewState): (() => void) | null {
  const letter = key.toLowerCase();
  if (letter === "u" && canUndo) return () => session.undo();
  if (!card) return null;
  if (letter === "e") return () => openSheet("card", card.card_id);
  if (letter === "o" && card.source) return () => openCardSource(card.source ?? { document_id: "" });
  if (key === " " || key === "Enter") {
    // A button that has the focus does what it says.
    if (onButton) return null;
    return revealed ? () => session.answer(3) : () => session.reveal();
  }
  const ratings = twoButtons ? [1, 3] : [1, 2, 3, 4];
  const rating = ratings[Number(key) - 1];
  return revealed && rating !== undefined ? () => session.answer(rating as Rating) : null;
}

/** How much is left of what kind; the kind of this card is marked. */
function Left({ state: { counts, card } }: { state: ReviewState }) {
  const now = card ? kindOf(card) : null;
  const item = (kind: "new" | "learning" | "review", text: string) => <li data-kind={kind === "review" ? "due" : kind} aria-current={now === kind ? "true" : undefined}>{text}</li>;
  return (
    <ul className="cards-counts review-counts" aria-label={t("cards.left")}>
      {item("new", t("cards.new", { count: counts.new }))}
      {item("learning", t("cards.learning", { count: counts.learning }))}
      {item("review", t("cards.due", { count: counts.review }))}
    </ul>
  );
}

/** Answers that wait in this browser for the network. */
function Unsent() {
  const count = useStore(unsent);
  const online = useStore(reachable);
  if (count === 0 || online) return null;
  return <p className="review-unsent" role="status"><Icon name="clock" size={16} /> {t("cards.unsent", { count })}</p>;
}

function CardMenu({ card, session }: { card: DueCard; session: ReviewSession }) {
  const aside = (values: { is_suspended?: boolean; is_buried?: boolean }) => {
    cardsAPI.change(card.card_id, values).then(() => session.skip(), (error: unknown) => tellFailure(error));
  };
  const { source } = card;
  const items: MenuItem[] = [
    { label: t("cards.edit"), icon: "pencil", run: () => openSheet("card", card.card_id) },
    ...(source ? [{ label: t("cards.toSource"), icon: "quote" as const, run: () => openCardSource(source) }] : []),
    { label: t("cards.bury"), icon: "clock", run: () => aside({ is_buried: true }) },
    { label: t("cards.suspend"), icon: "pause", run: () => aside({ is_suspended: true }) },
  ];
  return <Menu label={t("cards.cardActions")} items={items} />;
}

function Asked({ card, revealed }: { card: DueCard; revealed: boolean }) {
  const { source } = card;
  // Of a covered picture the answer is the same picture; twice it would not fit the screen.
  const isPicture = card.front.startsWith('<div class="occlusion">');
  return (
    <div className="review-body">
      {isPicture && revealed ? null : (
        <article className="review-card" aria-label={t("cards.question")}>
          <Side text={card.front} markup={card.markup} />
          {isPicture ? null : <ListenButton of={`${card.card_id}-front`} matter={() => ({ text: spokenText(card.front) })} />}
        </article>
      )}
      <div aria-live="polite">
        {revealed ? (
          <article className="review-card review-answer" aria-label={t("cards.answer")}>
            <Side text={card.back} markup={card.markup} />
            <p className="review-answer-foot">
              {source ? (
                <button type="button" className="button quiet" onClick={() => openCardSource(source)}>
                  <Icon name="quote" size={18} /> <span dir="auto">{source.title ?? t("cards.toSource")}</span>
                </button>
              ) : null}
              <ListenButton of={`${card.card_id}-back`} matter={() => ({ text: spokenText(card.back) })} />
            </p>
          </article>
        ) : null}
      </div>
    </div>
  );
}

function Foot({ card, state: { revealed, twoButtons }, session }: { card: DueCard; state: ReviewState; session: ReviewSession }) {
  if (!revealed) {
    return (
      <footer className="review-foot">
        <button type="button" className="button primary large" onClick={() => session.reveal()}>{t("cards.show")} <kbd aria-hidden="true">{t("cards.space")}</kbd></button>
      </footer>
    );
  }
  const { again, hard, good, easy } = card.intervals;
  const all: readonly { rating: Rating; name: string; seconds: number }[] = [
    { rating: 1, name: t("cards.again"), seconds: again }, { rating: 2, name: t("cards.hard"), seconds: hard },
    { rating: 3, name: t("cards.good"), seconds: good }, { rating: 4, name: t("cards.easy"), seconds: easy },
  ];
  const shown = twoButtons ? all.filter(({ rating }) => rating === 1 || rating === 3) : all;
  return (
    <footer className="review-foot" role="group" aria-label={t("cards.howWell")} data-two={twoButtons ? "" : undefined}>
      {shown.map(({ rating, name, seconds }, index) => (
        <button key={rating} type="button" className="button review-grade" data-rating={rating} onClick={() => session.answer(rating)}>
          <span className="review-interval">{intervalText(seconds)}</span>
          <strong>{twoButtons && rating === 3 ? t("cards.remembered") : twoButtons ? t("cards.forgotten") : name}</strong>
          <kbd aria-hidden="true">{index + 1}</kbd>
        </button>
      ))}
    </footer>
  );
}

function Done({ state: { given, remembered, time, counts }, deck }: { state: ReviewState; deck: string | null }) {
  return (
    <div className="review-body review-done">
      <div className="empty">
        <ReadingMonster />
        <h2>{given === 0 ? t("cards.nothingWaits") : t("cards.doneTitle")}</h2>
        {given === 0 ? null : (
          <p role="status">{t("cards.doneFacts", { count: given, minutes: Math.max(1, Math.round(time / 60_000)), share: percentText(remembered / given) })}</p>
        )}
        {counts.learning > 0 ? <p>{t("cards.laterToday", { count: counts.learning })}</p> : null}
        <div className="actions">
          <Link className="button primary" to={deck === null ? paths.cards : paths.deck(deck)}>{t("cards.leaveDone")}</Link>
          <Link className="button" to={withQuery(paths.review(deck), { ahead: 1 })}>{t("cards.ahead")}</Link>
        </div>
      </div>
    </div>
  );
}
