import { useEffect } from "react";
import { plannerAPI, PlanMissing } from "../api/planner";
import { Icon } from "../design/Icon";
import { openSheet } from "../frame/sheets";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { durationText } from "./eventText";
import { changes, dismissMissing, missing } from "./plannerStore";

/** What the last plan had no room for, said plainly. */
export function Missing() {
  const list = useStore(missing);
  const version = useStore(changes);
  useEffect(() => {
    const controller = new AbortController();
    // What is shown stays where it cannot be read: it is told by what is beside it.
    plannerAPI.standing(controller.signal).then((plan) => missing.set(plan.missing), () => undefined);
    return () => controller.abort();
  }, [version]);
  if (list.length === 0) return null;
  return (
    <section className="planner-missing notice" aria-labelledby="planner-missing">
      <Icon name="alert" size={18} />
      <div className="grow">
        <h2 id="planner-missing">{t("planner.tooMuch")}</h2>
        <ul>{list.map((each, index) => <li key={index}>{text(each)}</li>)}</ul>
        <div className="planner-actions">
          <button type="button" className="button" onClick={() => openSheet("plan")}>{t("planner.moreHours")}</button>
          <button type="button" className="button quiet" onClick={() => void dismissMissing()}>{t("planner.seen")}</button>
        </div>
      </div>
    </section>
  );
}

function text({ title, cause, missing_minutes, needed_minutes }: PlanMissing): string {
  const what = title === "" ? t("planner.cardsBlock") : title;
  const time = durationText(missing_minutes);
  if (cause === "no_free_time") return t("planner.noFreeTime", { what, time });
  return t("planner.tooFewHours", { what, time, needed: durationText(needed_minutes) });
}
