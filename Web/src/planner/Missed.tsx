import { useState } from "react";
import { Icon } from "../design/Icon";
import { t } from "../strings/t";
import { addDays, dayKey, dayOf } from "./days";
import { planAnew } from "./plannerStore";
import { useEvents } from "./useEvents";
import { useNow } from "./WeekView";

/** So many days back a block still counts as missed. */
const back = 14;

/** Blocks of the plan that went by undone, and one button that plans them anew; nothing where there are none. */
export function Missed() {
  const now = useNow();
  const [busy, setBusy] = useState(false);
  const today = dayOf(dayKey(now)) ?? now;
  const { events } = useEvents(addDays(today, -back), addDays(today, 1));
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
