import { EventChange, NewEvent, Plan, PlanMissing, plannerAPI, PlannerEvent, PlanWishes } from "../api/planner";
import { showToast, tellFailure } from "../design/toastStore";
import { UndoableDeletion } from "../design/UndoableDeletion";
import type { LiveEvent } from "../events/liveEvents";
import { Store } from "../state/store";
import { timeText } from "../strings/days";
import { t } from "../strings/t";
import { timeZone } from "./days";
import { nearDayText } from "./eventText";

/** Grows when something of the calendar changed here, so that what shows it reads it anew. */
export const changes = new Store(0);
/** What a new event begins with, for the form. */
export const draft = new Store<Partial<NewEvent>>({});
/** What a screen reader is told of moves by the keyboard. */
export const said = new Store("");

/** What the last plan had no room for, as the server keeps it. */
export const missing = new Store<readonly PlanMissing[]>([]);

/** Tells a time of an event from all others, also when it comes to stand for itself. */
export function keyOf(event: PlannerEvent): string {
  return `${event.series_id ?? event.id}@${event.occurrence ?? ""}`;
}

/** Whether it is one time of several, and not one that stands for itself. */
export function isOfSeries(event: PlannerEvent): boolean {
  return event.series_id === undefined && event.occurrence !== undefined;
}

export function changed(): void {
  changes.set((count) => count + 1);
}

export async function addEvent(event: NewEvent): Promise<PlannerEvent> {
  const made = await plannerAPI.create(event);
  changed();
  return made;
}

/** Changes one time of an event; of what comes again, that time alone. */
export async function changeEvent(event: PlannerEvent, change: EventChange): Promise<void> {
  await plannerAPI.change(event.id, { ...change, ...(isOfSeries(event) ? { occurrence: event.occurrence ?? null } : {}) });
  changed();
}

/** Takes times of events out of sight at once, and off the server when that cannot be undone any more. */
export const eventDeletion = new UndoableDeletion({
  async remove(key) {
    const [id = "", occurrence = ""] = key.split("|");
    await plannerAPI.remove(id, occurrence === "" ? null : occurrence);
    changed();
  },
  after: () => undefined,
});

/** The name of a deletion: of one time of a series, or of all. */
export function deletionKey(event: PlannerEvent, all: boolean): string {
  return all || !isOfSeries(event) || event.occurrence === undefined ? event.id : `${event.id}|${event.occurrence}`;
}

/** Marks a time of an event as done, or as open again. */
export async function setDone(event: PlannerEvent, isCompleted: boolean): Promise<void> {
  try {
    await changeEvent(event, { is_completed: isCompleted });
  } catch (error) {
    tellFailure(error);
  }
}

/** Plans anew; what the wishes leave out is as it was. */
export async function plan(wishes: PlanWishes): Promise<Plan> {
  const made = await plannerAPI.plan({ ...wishes, time_zone: timeZone() });
  missing.set(made.missing);
  changed();
  return made;
}

/** Plans what was missed anew, in one tap. */
export async function planAnew(): Promise<void> {
  try {
    const made = await plan({});
    const next = made.blocks[0];
    showToast(next === undefined ? t("planner.plannedNone") : t("planner.planned", { count: made.blocks.length, time: dayAndTime(next.start_date) }), { life: 8000, ...takingBack(made.undo_id) });
  } catch (error) {
    tellFailure(error, (problem) => t("planner.notPlanned", { problem }));
  }
}

/** A toast's button that takes an import or a plan back. */
export function takingBack(id: string | undefined): { action?: { label: string; run: () => void } } {
  if (id === undefined) return {};
  const run = async () => {
    try {
      await plannerAPI.undo(id);
      changed();
      showToast(t("planner.takenBack"));
    } catch (error) {
      tellFailure(error);
    }
  };
  return { action: { label: t("planner.undo"), run: () => void run() } };
}

export async function dismissMissing(): Promise<void> {
  missing.set([]);
  try {
    await plannerAPI.dismissMissing();
  } catch (error) {
    tellFailure(error);
  }
}

export function applyToPlanner(event: LiveEvent): void {
  // Reminders are told by notifications, as the student has chosen.
  if (event.type === "planner.reminder") return;
  if (event.type === "resync" || event.type === "plan.changed" || event.type === "course.grade_changed" || event.type.startsWith("planner.")) changed();
}

export function forgetPlanner(): void {
  eventDeletion.forget();
  draft.set({});
  missing.set([]);
  said.set("");
}

function dayAndTime(time: string): string {
  return `${nearDayText(new Date(time))}, ${timeText(time)}`;
}
