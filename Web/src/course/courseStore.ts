import { Course, courseAPI } from "../api/courses";
import { APIError, describe } from "../api/errors";
import { UndoableDeletion } from "../design/UndoableDeletion";
import type { LiveEvent } from "../events/liveEvents";
import { dropRecent, renameRecent } from "../frame/recents";
import { Store } from "../state/store";
import { useStore } from "../state/useStore";

export interface CoursesState {
  phase: "loading" | "ready" | "failed";
  /** In the student's own order, the archived ones too. */
  items: readonly Course[];
  problem: string | null;
}

const empty: CoursesState = { phase: "loading", items: [], problem: null };

export const courseList = new Store<CoursesState>(empty);

export async function loadCourses(): Promise<void> {
  try {
    const { data } = await courseAPI.list();
    courseList.set({ phase: "ready", items: sorted(data), problem: null });
  } catch (error) {
    // A server without the room for courses has none.
    if (error instanceof APIError && error.status === 404) return courseList.set({ phase: "ready", items: [], problem: null });
    courseList.set((state) => ({ ...state, phase: state.items.length > 0 ? "ready" : "failed", problem: describe(error) }));
  }
}

/** Puts a course into the list, at its place or at the end. */
export function placeCourse(course: Course): void {
  renameRecent("course", course.id, course.name);
  courseList.set((state) => ({
    ...state, phase: "ready", items: sorted([...state.items.filter((item) => item.id !== course.id), course]),
  }));
}

/** Leaves the page and the list; its documents and conversations stay. */
export const courseDeletion = new UndoableDeletion({
  async remove(id) {
    await courseAPI.remove(id);
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
  const holds = event.type === "document.uploaded" || event.type === "document.deleted" || event.type === "document.updated";
  if (holds && courseList.get().items.length > 0) recountCourses();
  if (event.type === "resync") void loadCourses();
  else if (event.type === "course.deleted") takeAway(event.payload.id);
  else if (event.type === "course.created" || event.type === "course.updated") placeCourse(event.payload);
}

export function forgetCourses(): void {
  window.clearTimeout(timer);
  courseDeletion.forget();
  courseList.set(empty);
}

/** Courses that are not put away. */
export function useCourses(): readonly Course[] {
  const { items } = useStore(courseList);
  const leaving = useStore(courseDeletion.leaving);
  return items.filter((course) => !course.is_archived && !leaving.has(course.id));
}

/** A course by its id; null where there is none, or not yet. */
export function useCourse(id: string | null | undefined): Course | null {
  const { items } = useStore(courseList);
  return id ? items.find((course) => course.id === id) ?? null : null;
}

function takeAway(id: string): void {
  dropRecent("course", id);
  courseList.set((state) => ({ ...state, items: state.items.filter((item) => item.id !== id) }));
}

function sorted(list: readonly Course[]): Course[] {
  return [...list].sort((a, b) => a.position - b.position || a.name.localeCompare(b.name));
}
