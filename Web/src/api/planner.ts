import { authorizedFetch, call, readAnswer } from "./client";
import type {
  AppPassword, Assessment, AssessmentChange, CalendarImport, CalendarState, CalendarSubscription, CourseGrade, CourseGrading, EventChange, FreeHours, GradeAverage, GradeNeed, NewAssessment, NewEvent,
  NewSubscription, Plan, PlanMissing, PlannerEvent, PlannerSettings, PlanReason, PlanWishes, UnderstoodEntry,
} from "./generated/schemas";
import { addressOf } from "./routes";

export type {
  AppPassword, Assessment, AssessmentChange, CalendarImport, CalendarState, CalendarSubscription, CourseGrade, CourseGrading, EventChange, FreeHours, GradeAverage, GradeNeed, NewAssessment, NewEvent,
  NewSubscription, Plan, PlanMissing, PlannerEvent, PlannerSettings, PlanReason, PlanWishes, UnderstoodEntry,
};
export type EventType = PlannerEvent["type"];
export type GradeScaleName = CourseGrading["scale"];

export const eventTypes: readonly EventType[] = ["exam", "deadline", "class", "study_block", "reminder"];
export const gradeScales: readonly GradeScaleName[] = ["percentage", "four_point", "pass_fail", "custom"];

export const plannerAPI = {
  /** Each time of what comes again, in order. */
  events: async (from: Date, to: Date, course: string | null, signal?: AbortSignal): Promise<PlannerEvent[]> =>
    (await call("GET /planner/events", { query: { from: from.toISOString(), to: to.toISOString(), ...(course === null ? {} : { course_id: course }) }, signal })).data,
  show: (id: string, signal?: AbortSignal): Promise<PlannerEvent> => call("GET /planner/events/{id}", { path: { id }, signal }),
  create: (event: NewEvent): Promise<PlannerEvent> => call("POST /planner/events", { body: event }),
  change: (id: string, change: EventChange): Promise<PlannerEvent> => call("PATCH /planner/events/{id}", { path: { id }, body: change }),
  /** Goes on even when the page is being closed. */
  remove: (id: string, occurrence: string | null) =>
    call("DELETE /planner/events/{id}", { path: { id }, ...(occurrence === null ? {} : { query: { occurrence } }), keepalive: true }),
  understand: (text: string, timeZone: string): Promise<UnderstoodEntry> => call("POST /planner/entries", { body: { text, time_zone: timeZone } }),
  plan: (wishes: PlanWishes): Promise<Plan> => call("POST /planner/plan", { body: wishes }),
  standing: (signal?: AbortSignal): Promise<Plan> => call("GET /planner/plan", { signal }),
  dismissMissing: () => call("DELETE /planner/plan/missing", {}),
  /** Takes an import or a plan back. */
  undo: (id: string) => call("POST /planner/undos/{id}", { path: { id } }),
  settings: (signal?: AbortSignal): Promise<PlannerSettings> => call("GET /planner/settings", { signal }),
  file: async (): Promise<Blob> => (await authorizedFetch(addressOf("GET /planner/export"))).blob(),
};

/** Where a calendar of another program is: a file, or an address. */
export type CalendarPlace = { file: File } | { url: string };

/** Calendars of other programs. */
export const bringAPI = {
  bring: async (place: CalendarPlace, course: string | null, preview: boolean): Promise<CalendarImport> => {
    const form = new FormData();
    form.append("time_zone", Intl.DateTimeFormat().resolvedOptions().timeZone);
    if (course !== null) form.append("course_id", course);
    if (preview) form.append("preview", "true");
    if ("file" in place) form.append("file", place.file, place.file.name);
    else form.append("url", place.url);
    return readAnswer(await authorizedFetch("/planner/import", { method: "POST", body: form, headers: { Accept: "application/json" } }));
  },
  subscriptions: async (signal?: AbortSignal): Promise<CalendarSubscription[]> => (await call("GET /planner/subscriptions", { signal })).data,
  subscribe: (subscription: NewSubscription): Promise<CalendarSubscription> => call("POST /planner/subscriptions", { body: subscription }),
  refresh: (id: string): Promise<CalendarSubscription> => call("POST /planner/subscriptions/{id}/refresh", { path: { id } }),
  end: (id: string) => call("DELETE /planner/subscriptions/{id}", { path: { id } }),
};

/** The address under which other programs read the calendar. */
export const calendarAPI = {
  state: (signal?: AbortSignal): Promise<CalendarState> => call("GET /planner/calendar", { signal }),
  open: (proof: { password?: string; code?: string }): Promise<CalendarState> => call("POST /planner/calendar", { body: proof }),
  close: () => call("DELETE /planner/calendar", {}),
};

/** Passwords with which calendar programs reach this one by CalDAV. */
export const passwordsAPI = {
  list: async (signal?: AbortSignal): Promise<AppPassword[]> => (await call("GET /planner/passwords", { signal })).data,
  make: (name: string, proof: { password?: string; code?: string }): Promise<AppPassword> => call("POST /planner/passwords", { body: { name, ...proof } }),
  end: (id: string) => call("DELETE /planner/passwords/{id}", { path: { id } }),
};

export const gradesAPI = {
  assessments: async (course: string, signal?: AbortSignal): Promise<Assessment[]> => (await call("GET /courses/{id}/assessments", { path: { id: course }, signal })).data,
  add: (course: string, work: NewAssessment): Promise<Assessment> => call("POST /courses/{id}/assessments", { path: { id: course }, body: work }),
  change: (course: string, assessment: string, change: AssessmentChange): Promise<Assessment> =>
    call("PATCH /courses/{id}/assessments/{assessment}", { path: { id: course, assessment }, body: change }),
  /** Goes on even when the page is being closed. */
  remove: (course: string, assessment: string) => call("DELETE /courses/{id}/assessments/{assessment}", { path: { id: course, assessment }, keepalive: true }),
  grade: (course: string, signal?: AbortSignal): Promise<CourseGrade> => call("GET /courses/{id}/grade", { path: { id: course }, signal }),
  set: (course: string, grading: CourseGrading): Promise<CourseGrade> => call("PUT /courses/{id}/grade", { path: { id: course }, body: grading }),
  average: (scale: "four_point" | "percentage", signal?: AbortSignal): Promise<GradeAverage> => call("GET /gpa", { query: { scale }, signal }),
};
