import type { PlannerEvent } from "../api/planner";
import { t } from "../strings/t";
import { dayKey } from "./days";
import { EventRow } from "./EventRow";
import { nearDayText, dayText } from "./eventText";
import { keyOf } from "./plannerStore";
import { isOn } from "./WeekView";

/** Days one below the other, each with what happens: a week on a phone. */
export function DayList({ days, events }: { days: readonly Date[]; events: readonly PlannerEvent[] }) {
  return (
    <div className="planner-days">
      {days.map((day) => {
        const there = events.filter((event) => isOn(event, day));
        const near = nearDayText(day);
        return (
          <section key={dayKey(day)} aria-label={dayText(day)}>
            <h2>{dayText(day)}{near === t("planner.today") || near === t("planner.tomorrow") ? <span> · {near}</span> : null}</h2>
            {there.length === 0 ? <p className="planner-none">{t("planner.nothing")}</p> : <ul className="planner-rows">{there.map((event) => <EventRow key={keyOf(event)} event={event} />)}</ul>}
          </section>
        );
      })}
    </div>
  );
}
