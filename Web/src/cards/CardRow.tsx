import type { Card } from "../api/cards";
import { Icon } from "../design/Icon";
import { Menu, MenuItem } from "../design/Menu";
import { focusBeside, rowOf } from "../design/rowFocus";
import { shortened } from "../design/text";
import { openSheet } from "../frame/sheets";
import { setParameters } from "../routing/location";
import { dayText } from "../strings/days";
import { t } from "../strings/t";
import { cardDeletion } from "./cardsStore";
import { spokenText } from "./gaps";
import { openCardSource } from "./openCardSource";
import { Side } from "./Side";
import { stateText } from "./stateText";

/** One card of a list: what it asks and answers, where it stands, and what can be done with it. */
export function CardRow({ card, change }: { card: Card; change: (card: Card, values: { is_suspended?: boolean; is_buried?: boolean }) => void }) {
  const name = shortened(spokenText(card.question), 60);
  const buried = card.buried_until !== undefined && new Date(card.buried_until) > new Date();
  const { source } = card;
  const items: MenuItem[] = [
    { label: t("cards.edit"), icon: "pencil", run: () => openSheet("card", card.id) },
    ...(source ? [{ label: t("cards.toSource"), icon: "quote" as const, run: () => openCardSource(source) }] : []),
    { label: card.is_suspended ? t("cards.resume") : t("cards.suspend"), icon: card.is_suspended ? "play" : "pause", run: () => change(card, { is_suspended: !card.is_suspended }) },
    { label: buried ? t("cards.unbury") : t("cards.bury"), icon: "clock", run: () => change(card, { is_buried: !buried }) },
    {
      label: card.parts > 1 ? t("cards.deleteAll", { count: card.parts }) : t("cards.delete"), icon: "trash", danger: true,
      run: () => {
        focusBeside(rowOf(card.id));
        cardDeletion.start(card.id, name);
      },
    },
  ];
  return (
    <li className="cards-card" data-row={card.id} data-away={card.is_suspended || buried ? "" : undefined}>
      <div className="cards-card-sides">
        <Side text={card.question} markup={card.markup} />
        <Side text={card.answer} markup={card.markup} />
      </div>
      <p className="cards-card-facts">
        {card.is_leech ? <span className="cards-leech"><Icon name="alert" size={16} /> {t("cards.leech")}</span> : null}
        <span>{card.is_suspended ? stateText("suspended") : buried ? t("cards.tomorrow") : stateText(card.state)}</span>
        {card.state === "new" || card.is_suspended ? null : <span>{t("cards.dueOn", { day: dayText(card.due) })}</span>}
        {card.lapses > 0 ? <span>{t("cards.lapses", { count: card.lapses })}</span> : null}
        {card.tags.map((tag) => <button key={tag} type="button" className="tag cards-tag" onClick={() => setParameters({ tag })}>{tag}</button>)}
      </p>
      <Menu label={t("cards.actions", { name })} items={items} />
    </li>
  );
}
