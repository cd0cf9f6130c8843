import type { PlannerEvent } from "../api/planner";
import { showToast, tellFailure } from "../design/toastStore";
import { Store } from "../state/store";
import { t } from "../strings/t";
import { addDays } from "./days";
import { titleOf, whenText } from "./eventText";
import { changeEvent, changes, keyOf, said } from "./plannerStore";

interface Move {
  start: string;
  end: string;
  /** The calendar's version from which on the server has it there. */
  settledAt?: number;
}

/** Where events are going, by their key, until the server has them there. */
export const moves = new Store<ReadonlyMap<string, Move>>(new Map());

/** Milliseconds from the last press of a key to the request. */
const rest = 700;
const timers = new Map<string, number>();
/** As they were before they began to move. */
const before = new Map<string, PlannerEvent>();

/** An event by days and minutes from where it is now; the hour stays when the clocks are changed. */
export function moved(event: PlannerEvent, days: number, minutes: number): PlannerEvent {
  const by = (time: string) => {
    const date = addDays(new Date(time), days);
    return new Date(date.getTime() + minutes * 60_000).toISOString();
  };
  return { ...event, start_date: by(event.start_date), end_date: by(event.end_date) };
}

/** Moves an event on the screen at once, and on the server when it has come to rest. */
export function move(event: PlannerEvent, days: number, minutes: number, wait = rest): PlannerEvent {
  const key = keyOf(event);
  const there = moved(event, days, minutes);
  if (!before.has(key)) before.set(key, event);
  place(key, { start: there.start_date, end: there.end_date });
  said.set(t("planner.movedTo", { title: titleOf(event), when: whenText(there) }));
  keepFocus(key);
  window.clearTimeout(timers.get(key));
  timers.set(key, window.setTimeout(() => void settle(key, there), wait));
  return there;
}

async function settle(key: string, there: PlannerEvent): Promise<void> {
  timers.delete(key);
  const from = before.get(key);
  before.delete(key);
  try {
    if (from === undefined || from.start_date === there.start_date) return place(key, null);
    await changeEvent(from, { start_date: there.start_date, end_date: there.end_date });
    // Whoever shows it lets go of it when they have read it anew.
    if (!timers.has(key)) place(key, { start: there.start_date, end: there.end_date, settledAt: changes.get() });
    showToast(t("planner.movedTo", { title: titleOf(there), when: whenText(there) }), { life: 4000 });
  } catch (error) {
    if (!timers.has(key)) place(key, null);
    tellFailure(error, (problem) => t("planner.notMoved", { problem }));
  }
}

function place(key: string, to: Move | null): void {
  // What was settled some changes ago everybody has read.
  const next = new Map([...moves.get()].filter(([, each]) => each.settledAt === undefined || each.settledAt >= changes.get() - 1));
  if (to === null) next.delete(key);
  else next.set(key, to);
  moves.set(next);
}

/** In another column it is another element: the keyboard goes with it. */
function keepFocus(key: string): void {
  if (!(document.activeElement instanceof HTMLElement) || document.activeElement.dataset["event"] !== key) return;
  window.setTimeout(() => document.querySelector<HTMLElement>(`[data-event="${CSS.escape(key)}"]`)?.focus({ preventScroll: false }), 0);
}
