import { useState } from "react";
import { PlannerEvent } from "../api/planner";
import { Icon } from "../design/Icon";
import { t } from "../strings/t";
import { addDays, dayKey, dayOf } from "./days";
import { planAnew } from "./plannerStore";
import { useEvents } from "./useEvents";
import { useNow } from "./WeekView";

/** So many days back a block still counts as missed. */
export const missedDays = 14;

/** What went by undone in the last days. */
export function Missed() {
  const now = useNow();
  const today = dayOf(dayKey(now)) ?? now;
  const { events } = useEvents(addDays(today, -missedDays), addDays(today, 1));
  return <MissedBlocks events={events} now={now} />;
}

/** Blocks of the plan that went by undone, and one button that plans them anew; nothing where there are none. */
export function MissedBlocks({ events, now }: { events: readonly PlannerEvent[]; now: Date }) {
  const [busy, setBusy] = useState(false);
  const missed = events.filter((event) => event.activity !== undefined && !event.is_completed && new Date(event.end_date) <= now);
  if (missed.length === 0) return null;
  const again = async () => {
    setBusy(true);
    await planAnew();
    setBusy(false);
  };
  return (
    <section className="planner-missed" aria-labelledby="planner-missed">
      <h2 id="planner-missed">{t("planner.missed", { count: missed.length })}</h2>
      <p>{t("planner.missedHint")}</p>
      <button type="button" className="button primary" disabled={busy} onClick={() => void again()}><Icon name="retry" size={18} /> {t("planner.anew")}</button>
    </section>
  );
}
