import { useEffect } from "react";
import type { PlannerEvent } from "../api/planner";
import { Icon } from "../design/Icon";
import { Menu } from "../design/Menu";
import { ReadingMonster } from "../design/Monster";
import { Loading, Problem } from "../design/Notice";
import { Segments } from "../design/Segments";
import { useMediaQuery } from "../design/useMediaQuery";
import type { PageProps } from "../frame/Area";
import { openSheet } from "../frame/sheets";
import { navigate, setParameters } from "../routing/location";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { useStore } from "../state/useStore";
import { region } from "../strings/locale";
import { t } from "../strings/t";
import { saveCalendar } from "./calendarFile";
import { addDays, addMonths, dayKey, dayOf, monthDays, weekStart } from "./days";
import { DayList } from "./DayList";
import { dayText } from "./eventText";
import { Missed } from "./Missed";
import { Missing } from "./Missing";
import { MonthView } from "./MonthView";
import { draft, said } from "./plannerStore";
import { QuickEntry } from "./QuickEntry";
import { useEvents } from "./useEvents";
import { WeekView } from "./WeekView";

const monthName = new Intl.DateTimeFormat(region, { month: "long", year: "numeric" });
const range = new Intl.DateTimeFormat(region, { day: "numeric", month: "short", year: "numeric" });

/** The calendar: what happens, and when to study what. */
export function PlannerPage({ query }: PageProps) {
  const heading = usePage(t("planner.place"));
  const small = useMediaQuery("(max-width: 56rem)");
  const view = query.get("view") === "month" ? "month" : "week";
  const day = dayOf(query.get("day") ?? "") ?? dayOf(dayKey(new Date())) ?? new Date();
  const monday = weekStart(day);
  const days = view === "month" ? monthDays(day) : Array.from({ length: 7 }, (_, index) => addDays(monday, index));
  const [first, last] = [days[0] ?? day, addDays(days[days.length - 1] ?? day, 1)];
  const { events, phase, problem, reload } = useEvents(first, last);
  useFollow(events, first, last, view);
  const go = (to: Date) => setParameters({ day: dayKey(to) });
  const step = (by: number) => go(view === "month" ? addMonths(day, by) : addDays(day, by * 7));
  const name = view === "month" ? monthName.format(day) : range.formatRange(first, addDays(last, -1));
  return (
    <div className="page planner-page">
      <header className="page-head">
        <h1 ref={heading} tabIndex={-1}>{t("planner.place")}</h1>
        <div className="planner-actions">
          <button type="button" className="button" onClick={() => openSheet("plan")}><Icon name="spark" size={18} /> {t("planner.planWeek")}</button>
          <button
            type="button" className="button"
            onClick={() => {
              draft.set({});
              openSheet("new-event");
            }}
          >
            <Icon name="plus" size={18} /> {t("planner.newEvent")}
          </button>
          <Menu
            label={t("planner.actions")}
            items={[
              { label: t("planner.grades"), icon: "chart", run: () => navigate(paths.grades) },
              { label: t("planner.bring"), icon: "upload", run: () => openSheet("bring-calendar") },
              { label: t("planner.elsewhere"), icon: "globe", run: () => openSheet("calendar") },
              { label: t("planner.export"), icon: "download", run: () => void saveCalendar() },
            ]}
          />
        </div>
      </header>
      <QuickEntry />
      <Missed />
      <Missing />
      <div className="planner-tools">
        <div className="planner-steps">
          <button type="button" className="icon-button" aria-label={t(view === "month" ? "planner.monthBefore" : "planner.weekBefore")} onClick={() => step(-1)}><Icon name="back" /></button>
          <button type="button" className="button" onClick={() => go(new Date())}>{t("planner.todayButton")}</button>
          <button type="button" className="icon-button" aria-label={t(view === "month" ? "planner.monthAfter" : "planner.weekAfter")} onClick={() => step(1)}><Icon name="forward" /></button>
        </div>
        <h2 aria-live="polite">{name}</h2>
        <Segments label={t("planner.view")} value={view} onChange={(value) => setParameters({ view: value })} choices={[{ value: "week", label: t("planner.week") }, { value: "month", label: t("planner.month") }]} />
      </div>
      {problem ? <Problem action={{ label: t("planner.tryAgain"), run: reload }}>{problem}</Problem> : null}
      {phase === "loading" ? <Loading label={t("planner.reading")} /> : null}
      {phase === "ready" && view === "week" ? (small ? <DayList days={days} events={events} /> : <WeekView days={days} events={events} />) : null}
      {phase === "ready" && view === "month" ? <MonthView days={days} month={day} chosen={dayKey(day)} events={events} small={small} /> : null}
      {phase === "ready" && view === "month" && small ? <DayList days={[day]} events={events} /> : null}
      {phase === "ready" && events.length === 0 && !small ? <Nothing day={day} /> : null}
      {phase === "ready" && !small ? <p className="planner-hint">{t("planner.keys")}</p> : null}
      <Said />
    </div>
  );
}

function Nothing({ day }: { day: Date }) {
  return (
    <div className="empty planner-empty">
      <ReadingMonster />
      <h2>{t("planner.noneTitle")}</h2>
      <p>{t("planner.none")}</p>
      <div className="actions">
        <button type="button" className="button primary" onClick={() => openSheet("plan")}><Icon name="spark" size={18} /> {t("planner.planWeek")}</button>
        <span className="visually-hidden">{dayText(day)}</span>
      </div>
    </div>
  );
}

/** What was moved by the keyboard, for who does not see it move. */
function Said() {
  return <p className="visually-hidden" role="status">{useStore(said)}</p>;
}

/** The page goes where the event goes that has the keyboard. */
function useFollow(events: readonly PlannerEvent[], first: Date, last: Date, view: "week" | "month"): void {
  useEffect(() => {
    const key = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["event"] : undefined;
    const event = key === undefined ? undefined : events.find((each) => `${each.series_id ?? each.id}@${each.occurrence ?? ""}` === key);
    if (event === undefined) return;
    const start = new Date(event.start_date);
    if (start < first || start >= last) setParameters({ view, day: dayKey(start) });
  }, [events, first, last, view]);
}
