import { KeyboardEvent, PointerEvent, useRef, useState } from "react";
import type { PlannerEvent } from "../api/planner";
import { useCourse } from "../course/courseStore";
import { Icon } from "../design/Icon";
import { openSheet } from "../frame/sheets";
import { t } from "../strings/t";
import { dayText, firstDay, hoursText, reasonText, titleOf, typeText } from "./eventText";
import { move } from "./moving";
import { keyOf } from "./plannerStore";

/** How far a pointer has to go for days and minutes: null where it is dragged nowhere. */
export type Travel = (from: { x: number; y: number }, to: { x: number; y: number }) => { days: number; minutes: number } | null;

interface EventChipProps {
  event: PlannerEvent;
  /** Where a drag leads; without it the event is moved by the keyboard alone. */
  travel?: Travel;
  /** Minutes that Shift and an arrow up or down move it; 0 where they move it by weeks. */
  step: number;
  /** Whether its hours stand on it. */
  hours?: boolean;
  /** There is room for two lines of its title. */
  tall?: boolean;
}

/** An event in a calendar: opened by a click, moved by dragging or by Shift and the arrows. */
export function EventChip({ event, travel, step, hours = true, tall = false }: EventChipProps) {
  const course = useCourse(event.course_id);
  const from = useRef<{ x: number; y: number } | null>(null);
  const dragged = useRef(false);
  const [shift, setShift] = useState<{ x: number; y: number } | null>(null);
  const title = titleOf(event);
  const label = [
    title, typeText(event.type), dayText(firstDay(event)), hoursText(event), course?.name, event.is_completed ? t("planner.isDone") : null, event.reason ? reasonText(event.reason) : null,
  ].filter(Boolean).join(", ");

  const keys = (press: KeyboardEvent) => {
    if (!press.shiftKey || press.ctrlKey || press.altKey || press.metaKey) return;
    const down = press.key === "ArrowDown" ? 1 : press.key === "ArrowUp" ? -1 : 0;
    const right = press.key === "ArrowRight" ? 1 : press.key === "ArrowLeft" ? -1 : 0;
    if (down === 0 && right === 0) return;
    press.preventDefault();
    const byDays = step === 0 || event.is_all_day;
    move(event, right + (byDays ? down * 7 : 0), byDays ? 0 : down * step);
  };
  const begin = (pointer: PointerEvent<HTMLButtonElement>) => {
    dragged.current = false;
    if (!travel || pointer.button !== 0 || pointer.pointerType === "touch") return;
    from.current = { x: pointer.clientX, y: pointer.clientY };
    pointer.currentTarget.setPointerCapture(pointer.pointerId);
  };
  const go = (pointer: PointerEvent) => {
    if (from.current === null) return;
    const way = { x: pointer.clientX - from.current.x, y: pointer.clientY - from.current.y };
    if (!dragged.current && Math.hypot(way.x, way.y) < 5) return;
    dragged.current = true;
    setShift(way);
  };
  const drop = (pointer: PointerEvent) => {
    const start = from.current;
    from.current = null;
    setShift(null);
    if (start === null || !dragged.current || !travel) return;
    const way = travel(start, { x: pointer.clientX, y: pointer.clientY });
    if (way !== null && (way.days !== 0 || way.minutes !== 0)) move(event, way.days, event.is_all_day ? 0 : way.minutes, 0);
  };
  return (
    <button
      type="button" className="planner-chip" data-event={keyOf(event)} data-type={event.type} data-colour={course?.colour} data-done={event.is_completed ? "" : undefined}
      data-planned={event.reason ? "" : undefined} data-dragged={shift ? "" : undefined} data-tall={tall ? "" : undefined} aria-label={label} title={event.reason ? `${title}: ${reasonText(event.reason)}` : title}
      aria-keyshortcuts="Shift+ArrowUp Shift+ArrowDown Shift+ArrowLeft Shift+ArrowRight"
      style={shift ? { transform: `translate(${shift.x}px, ${shift.y}px)` } : undefined}
      onKeyDown={keys} onPointerDown={begin} onPointerMove={go} onPointerUp={drop}
      onPointerCancel={() => {
        from.current = null;
        setShift(null);
      }}
      onClick={() => {
        if (!dragged.current) openEvent(event);
        dragged.current = false;
      }}
    >
      {event.is_completed ? <Icon name="check" size={14} /> : null}
      <span className="planner-chip-title" dir="auto">{title}</span>
      {hours ? <span className="planner-chip-hours">{hoursText(event)}</span> : null}
    </button>
  );
}

/** Shows what an event is, over the page. */
export function openEvent(event: PlannerEvent): void {
  openSheet("event", event.occurrence === undefined || event.rrule === undefined ? event.id : `${event.id}|${event.occurrence}`);
}
