import { Icon } from "../design/Icon";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { waiting } from "./cardsStore";

/** How many cards wait today, and the way to them; nothing where none do. */
export function TodayCards() {
  const count = useStore(waiting);
  if (count === null || count === 0) return null;
  return (
    <section className="today-block cards-waiting" aria-labelledby="today-cards">
      <h2 id="today-cards">{t("cards.waits", { count })}</h2>
      <Link to={paths.review()} className="button primary"><Icon name="play" size={18} /> {t("cards.start")}</Link>
    </section>
  );
}
