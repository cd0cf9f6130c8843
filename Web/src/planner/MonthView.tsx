import type { PlannerEvent } from "../api/planner";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { region } from "../strings/locale";
import { t } from "../strings/t";
import { dayKey } from "./days";
import { EventChip, Travel } from "./EventChip";
import { dayText } from "./eventText";
import { keyOf } from "./plannerStore";
import { isOn, useNow } from "./WeekView";

const weekday = new Intl.DateTimeFormat(region, { weekday: "short" });
/** So many have a line of their own. */
const few = 3;

interface MonthViewProps {
  days: readonly Date[];
  /** Any day of the month. */
  month: Date;
  chosen: string;
  events: readonly PlannerEvent[];
  /** There is room for the number of a day and marks alone. */
  small: boolean;
}

/** A month by whole weeks; on a phone the days bear marks, and the chosen one is listed below. */
export function MonthView({ days, month, chosen, events, small }: MonthViewProps) {
  const today = dayKey(useNow());
  const travel: Travel = (from, to) => {
    const [start, end] = [from, to].map(({ x, y }) => document.elementsFromPoint(x, y).find((each) => each instanceof HTMLElement && each.dataset["day"] !== undefined) as HTMLElement | undefined);
    const at = (cell: HTMLElement | undefined) => days.findIndex((day) => dayKey(day) === cell?.dataset["day"]);
    return start && end ? { days: at(end) - at(start), minutes: 0 } : null;
  };
  return (
    <div className="planner-month" data-small={small ? "" : undefined}>
      <div className="planner-month-head" aria-hidden="true">{days.slice(0, 7).map((day) => <span key={day.getDay()}>{weekday.format(day)}</span>)}</div>
      <ol className="planner-month-days">
        {days.map((day) => {
          const key = dayKey(day);
          const there = events.filter((event) => isOn(event, day));
          const to = paths.planner({ view: small ? "month" : "week", day: key });
          return (
            <li key={key} data-day={key} data-other={day.getMonth() === month.getMonth() ? undefined : ""} data-today={key === today ? "" : undefined} data-chosen={small && key === chosen ? "" : undefined}>
              <Link to={to} replace={small} className="planner-day" aria-label={`${dayText(day)}, ${t("planner.events", { count: there.length })}`} aria-current={small && key === chosen ? "date" : undefined}>{day.getDate()}</Link>
              {small ? <span className="planner-dots" aria-hidden="true">{there.slice(0, few).map((event, index) => <span key={index} data-type={event.type} />)}</span> : (
                <>
                  <ul>{there.slice(0, there.length > few + 1 ? few : few + 1).map((event) => <li key={keyOf(event)}><EventChip event={event} travel={travel} step={0} hours={false} /></li>)}</ul>
                  {there.length > few + 1 ? <Link to={to} className="planner-more">{t("planner.more", { count: there.length - few })}</Link> : null}
                </>
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
