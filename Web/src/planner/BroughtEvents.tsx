import type { CalendarImport } from "../api/planner";
import { CourseTag } from "../course/CourseTag";
import { t } from "../strings/t";
import { dayText, typeText } from "./eventText";
import { repetitionOf } from "./recurrence";

/** What would come of a calendar: how many, which, and what is left out and why. */
export function BroughtEvents({ found }: { found: CalendarImport }) {
  const shown = found.events.filter(({ fate }) => fate !== "same");
  const total = found.added + found.updated + found.cancelled;
  return (
    <section className="planner-brought" aria-labelledby="planner-brought">
      <h3 id="planner-brought" dir="auto">{found.name ?? t("planner.bringFound")}</h3>
      <p role="status">{counts(found)}</p>
      {shown.length > 0 ? (
        <ul tabIndex={0} aria-label={t("planner.bringFound")}>
          {shown.map((event, index) => (
            <li key={index}>
              <span className={event.fate === "cancelled" ? "planner-gone" : undefined} dir="auto">{event.title}</span>
              <span className="planner-when">
                {dayText(new Date(event.start_date))} · {typeText(event.type)}{event.rrule ? ` · ${again(event.rrule)}` : ""}
                {event.fate === "new" ? "" : ` · ${t(`planner.fate_${event.fate}`)}`}
              </span>
              <CourseTag id={event.course_id} />
            </li>
          ))}
        </ul>
      ) : null}
      {total > shown.length && found.events.length === 100 ? <p className="hint">{t("planner.bringMore", { count: total - shown.length })}</p> : null}
      {found.left_out > 0 ? (
        <details>
          <summary>{t("planner.leftOut", { count: found.left_out })}</summary>
          <ul>
            {found.problems.map(({ line, title, reason }, index) => (
              <li key={index} dir="auto">{title === "" ? t("planner.leftOutLine", { line, reason }) : t("planner.leftOutNamed", { title, line, reason })}</li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}

function again(rule: string): string {
  const { every } = repetitionOf(rule);
  return every === "custom" ? t("planner.comesAgain") : t(`planner.every_${every}`);
}

function counts({ added, updated, same, cancelled }: CalendarImport): string {
  const parts = [
    added > 0 ? t("planner.bringNew", { count: added }) : "", updated > 0 ? t("planner.bringChanged", { count: updated }) : "",
    same > 0 ? t("planner.bringSame", { count: same }) : "", cancelled > 0 ? t("planner.bringCancelled", { count: cancelled }) : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? t("planner.bringNone") : parts.join(" · ");
}
