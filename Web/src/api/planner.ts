import { authorizedFetch, call } from "./client";
import type {
  Assessment, AssessmentChange, CalendarState, CourseGrade, CourseGrading, EventChange, FreeHours, GradeAverage, GradeNeed, NewAssessment, NewEvent, Plan, PlanMissing, PlannerEvent,
  PlannerSettings, PlanReason, PlanWishes, UnderstoodEntry,
} from "./generated/schemas";
import { addressOf } from "./routes";

export type {
  Assessment, AssessmentChange, CalendarState, CourseGrade, CourseGrading, EventChange, FreeHours, GradeAverage, GradeNeed, NewAssessment, NewEvent, Plan, PlanMissing, PlannerEvent,
  PlannerSettings, PlanReason, PlanWishes, UnderstoodEntry,
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
    call("DELETE /planner/events/{id}", { path: { id }, ...(occurrence === null ? {} : { query: { occurrence } }), keepalive: true } as never),
  understand: (text: string, timeZone: string): Promise<UnderstoodEntry> => call("POST /planner/entries", { body: { text, time_zone: timeZone } }),
  plan: (wishes: PlanWishes): Promise<Plan> => call("POST /planner/plan", { body: wishes }),
  settings: (signal?: AbortSignal): Promise<PlannerSettings> => call("GET /planner/settings", { signal }),
  file: async (): Promise<Blob> => (await authorizedFetch(addressOf("GET /planner/export"))).blob(),
};

/** The address under which other programs read the calendar. */
export const calendarAPI = {
  state: (signal?: AbortSignal): Promise<CalendarState> => call("GET /planner/calendar", { signal }),
  open: (): Promise<CalendarState> => call("POST /planner/calendar", {}),
  close: () => call("DELETE /planner/calendar", {}),
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
