import { call, keepUntilTold } from "./client";
import type { Course, CourseChange, NewCourse } from "./generated/schemas";

export type { Course };
export type CourseColour = Course["colour"];
/** What a student says about a course. */
export type CourseDetails = NewCourse;

/** The server's names of colours; how each looks is the style sheet's matter. */
export const courseColours: readonly CourseColour[] = ["blue", "green", "purple", "orange", "teal", "pink", "red", "yellow", "brown", "grey"];

keepUntilTold("/courses", "course");

export const courseAPI = {
  /** The user's own, then those that others share. */
  list: (signal?: AbortSignal) => call("GET /courses", { query: { limit: 100, shared: true }, signal }),
  get: (id: string, signal?: AbortSignal) => call("GET /courses/{id}", { path: { id }, signal }),
  create: (details: CourseDetails) => call("POST /courses", { body: details }),
  change: (id: string, change: CourseChange) => call("PATCH /courses/{id}", { path: { id }, body: change }),
  /** Its documents and conversations stay. Goes on even when the page is being closed. */
  remove: (id: string) => call("DELETE /courses/{id}", { path: { id }, keepalive: true }),
};
