import type { PlannerEvent } from "../api/planner";
import { CourseTag } from "../course/CourseTag";
import { useCourse } from "../course/courseStore";
import { Icon } from "../design/Icon";
import { Link } from "../routing/Link";
import { t } from "../strings/t";
import { openEvent } from "./EventChip";
import { hoursText, reasonText, titleOf, typeText, whenText } from "./eventText";
import { keyOf, setDone } from "./plannerStore";
import { startOf } from "./startOf";

/** An event in a list: when, what and why, and the two things that are done with it. */
export function EventRow({ event, withDay = false }: { event: PlannerEvent; withDay?: boolean }) {
  const course = useCourse(event.course_id);
  const start = event.is_completed ? null : startOf(event);
  const title = titleOf(event);
  const can = event.type !== "class";
  return (
    <li className="planner-row" data-colour={course?.colour} data-type={event.type} data-done={event.is_completed ? "" : undefined} data-row={keyOf(event)}>
      {can ? (
        <button
          type="button" className="planner-done" aria-pressed={event.is_completed} aria-label={t("planner.doneNamed", { title })} title={event.is_completed ? t("planner.isDone") : t("planner.done")}
          onClick={() => void setDone(event, !event.is_completed)}
        >
          {event.is_completed ? <Icon name="check" size={16} /> : null}
        </button>
      ) : <span className="planner-done none" aria-hidden="true" />}
      <div className="planner-row-words">
        <p className="planner-row-when">{withDay ? whenText(event) : hoursText(event)} · {typeText(event.type)}</p>
        <button type="button" className="planner-row-title" dir="auto" onClick={() => openEvent(event)}>{title}</button>
        {event.reason ? <p className="planner-reason">{reasonText(event.reason)}</p> : null}
        <CourseTag id={event.course_id} />
      </div>
      {start ? <Link to={start} className="button" aria-label={t("planner.startNamed", { title })}><Icon name="play" size={18} /> {t("planner.start")}</Link> : null}
    </li>
  );
}
