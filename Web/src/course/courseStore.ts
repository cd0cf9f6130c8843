import { Course, courseAPI } from "../api/courses";
import { APIError } from "../api/errors";
import { LiveList } from "../api/LiveList";
import { sharing } from "../api/sharing";
import { outOfSight, UndoableDeletion } from "../design/UndoableDeletion";
import type { LiveEvent } from "../events/liveEvents";
import { dropRecent, renameRecent } from "../frame/recents";
import { useStore } from "../state/useStore";

/** All that there are, in the student's own order, the archived ones too; then those that others share. */
const list = new LiveList<Course>({
  filter: null,
  domain: "course",
  heedsSharing: true,
  order: (a, b) => Number(a.shared_by !== undefined) - Number(b.shared_by !== undefined) || (a.shared_by === undefined ? a.position - b.position : 0) || a.name.localeCompare(b.name),
  read: (_, __, signal) => courseAPI.list(signal).catch((error: unknown) => {
    // A server without the room for courses has none.
    if (error instanceof APIError && error.status === 404) return { data: [], pagination: { page: 1, limit: 100, total: 0, pages: 1 } };
    throw error;
  }),
});

export const courseList = list.store;

export const loadCourses = () => list.load();

/** Puts a course into the list, at its place or at the end. */
export function placeCourse(course: Course): void {
  renameRecent("course", course.id, course.name);
  list.place(course);
}

/** Leaves the page and the list; its documents and conversations stay. */
export const courseDeletion = new UndoableDeletion({
  async remove(id) {
    await courseAPI.remove(id);
    takeAway(id);
  },
  after: () => undefined,
});

/** Takes a course that another shares out of the student's view. */
export const courseLeaving = new UndoableDeletion({
  async remove(id) {
    await sharing.leave("course", id);
    takeAway(id);
  },
  after: () => undefined,
});

/** Many documents may come at once; what a course holds is counted when they have, after this many milliseconds. */
const rest = 1500;
let timer = 0;

/** Counts again what the courses hold. */
export function recountCourses(): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => void loadCourses(), rest);
}

export function applyToCourses(event: LiveEvent): void {
  const holds = /^(document\.(uploaded|deleted|updated)|conversation\.(created|deleted))$/.test(event.type);
  if (holds && courseList.get().items.length > 0) recountCourses();
  list.apply(event);
  if (event.type === "course.deleted") dropRecent("course", event.payload.id);
  else if (event.type === "course.updated") renameRecent("course", event.payload.id, event.payload.name);
}

export function forgetCourses(): void {
  window.clearTimeout(timer);
  courseDeletion.forget();
  courseLeaving.forget();
  list.forget();
}

/** Courses that are not put away. */
export function useCourses(): readonly Course[] {
  const { items } = useStore(courseList);
  const leaving = useStore(outOfSight);
  return items.filter((course) => !course.is_archived && !leaving.has(course.id));
}

/** Those of them that the student may bring documents to. */
export function useOwnCourses(): readonly Course[] {
  return useCourses().filter((course) => course.shared_by === undefined);
}

/** Whether a course is another's, which the student may only read. */
export function isReadOnly(id: string): boolean {
  return courseList.get().items.find((course) => course.id === id)?.shared_by !== undefined;
}

/** A course by its id; null where there is none, or not yet. */
export function useCourse(id: string | null | undefined): Course | null {
  const { items } = useStore(courseList);
  return id ? items.find((course) => course.id === id) ?? null : null;
}

function takeAway(id: string): void {
  dropRecent("course", id);
  list.remove(id);
}
