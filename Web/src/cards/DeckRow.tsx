import type { Deck } from "../api/cards";
import { CourseTag } from "../course/CourseTag";
import { Menu } from "../design/Menu";
import { focusBeside, rowOf } from "../design/rowFocus";
import { openSheet } from "../frame/sheets";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { t } from "../strings/t";
import { deckDeletion } from "./cardsStore";

/** A deck in a list: its name, what of it waits, and what can be done with it. */
export function DeckRow({ deck }: { deck: Deck }) {
  const open = deck.due_count + deck.learning_count + deck.new_count;
  const remove = () => {
    focusBeside(rowOf(deck.id));
    deckDeletion.start(deck.id, deck.name);
  };
  return (
    <li className="cards-deck" data-row={deck.id}>
      <div className="cards-deck-name">
        <Link to={paths.deck(deck.id)} dir="auto">{deck.name}</Link>
        <p><CourseTag id={deck.course_id} /><span>{t("cards.count", { count: deck.card_count })}</span></p>
      </div>
      <DeckCounts deck={deck} />
      {open > 0 ? <Link to={paths.review(deck.id)} className="button" aria-label={t("cards.learn", { name: deck.name })}>{t("cards.learnShort")}</Link> : null}
      <Menu
        label={t("cards.actions", { name: deck.name })}
        items={[
          { label: t("cards.addTo"), icon: "plus", run: () => openSheet("new-card", deck.id) },
          { label: t("cards.changeDeck"), icon: "pencil", run: () => openSheet("deck", deck.id) },
          { label: t("cards.deleteDeck"), icon: "trash", danger: true, run: remove },
        ]}
      />
    </li>
  );
}

/** What of a deck waits, in words and by place. */
export function DeckCounts({ deck }: { deck: Deck }) {
  return (
    <ul className="cards-counts">
      <li data-kind="new">{t("cards.new", { count: deck.new_count })}</li>
      <li data-kind="learning">{t("cards.learning", { count: deck.learning_count })}</li>
      <li data-kind="due">{t("cards.due", { count: deck.due_count })}</li>
    </ul>
  );
}
