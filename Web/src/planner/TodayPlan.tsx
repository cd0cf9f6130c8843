import { PlannerEvent } from "../api/planner";
import { Icon } from "../design/Icon";
import { openSheet } from "../frame/sheets";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { t } from "../strings/t";
import { addDays, dayKey, dayOf } from "./days";
import { EventRow } from "./EventRow";
import { MissedBlocks, missedDays } from "./Missed";
import { keyOf } from "./plannerStore";
import { useEvents } from "./useEvents";
import { useNow } from "./WeekView";

const few = 6;

/** What comes next, today and tomorrow, and what went by undone. */
export function TodayPlan() {
  const now = useNow();
  const today = dayOf(dayKey(now)) ?? now;
  // One question for what was missed and for what comes.
  const { events, phase } = useEvents(addDays(today, -missedDays), addDays(today, 2));
  if (phase !== "ready") return null;
  const next = events.filter((event) => comes(event, today, now));
  return (
    <section className="today-block today-plan" aria-labelledby="today-plan">
      <header>
        <h2 id="today-plan">{t("planner.next")}</h2>
        <Link to={paths.planner()} className="glance-all">{t("planner.toPlanner")}</Link>
      </header>
      <MissedBlocks events={events} now={now} />
      {next.length === 0 ? (
        <p className="planner-none planner-free-day-text">
          {t("planner.nothingNext")} <button type="button" className="button" onClick={() => openSheet("plan")}><Icon name="spark" size={18} /> {t("planner.planWeek")}</button>
        </p>
      ) : <ul className="planner-rows">{next.slice(0, few).map((event) => <EventRow key={keyOf(event)} event={event} withDay />)}</ul>}
      {next.length > few ? <Link to={paths.planner()} className="planner-more">{t("planner.more", { count: next.length - few })}</Link> : null}
    </section>
  );
}

/** What is not over; of today, what takes all of it, and what is done at a moment and not ticked off. */
function comes(event: PlannerEvent, today: Date, now: Date): boolean {
  const [start, end] = [new Date(event.start_date), new Date(event.end_date)];
  if (end > now || (event.is_all_day && end > today)) return true;
  return start.getTime() === end.getTime() && start >= today && !event.is_completed;
}
