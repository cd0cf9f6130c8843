import { Icon } from "../design/Icon";
import { openSheet } from "../frame/sheets";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { t } from "../strings/t";
import { addDays, dayKey, dayOf } from "./days";
import { EventRow } from "./EventRow";
import { Missed } from "./Missed";
import { useEvents } from "./useEvents";
import { useNow } from "./WeekView";

const few = 6;

/** What comes next, today and tomorrow, and what went by undone. */
export function TodayPlan() {
  const now = useNow();
  const today = dayOf(dayKey(now)) ?? now;
  const { events, phase } = useEvents(today, addDays(today, 2));
  if (phase !== "ready") return null;
  const next = events.filter((event) => new Date(event.end_date) > now || event.is_all_day || (event.start_date === event.end_date && new Date(event.start_date) >= today && !event.is_completed));
  return (
    <section className="today-block today-plan" aria-labelledby="today-plan">
      <header>
        <h2 id="today-plan">{t("planner.next")}</h2>
        <Link to={paths.planner()} className="glance-all">{t("planner.toPlanner")}</Link>
      </header>
      <Missed />
      {next.length === 0 ? (
        <p className="planner-none planner-free-day-text">
          {t("planner.nothingNext")} <button type="button" className="button" onClick={() => openSheet("plan")}><Icon name="spark" size={18} /> {t("planner.planWeek")}</button>
        </p>
      ) : <ul className="planner-rows">{next.slice(0, few).map((event) => <EventRow key={event.id + event.start_date} event={event} withDay />)}</ul>}
      {next.length > few ? <Link to={paths.planner()} className="planner-more">{t("planner.more", { count: next.length - few })}</Link> : null}
    </section>
  );
}
