import { authorizedFetch, readAnswer } from "./client";

/** The server's names of colours; how each looks is the style sheet's matter. */
export const courseColours = ["blue", "green", "purple", "orange", "teal", "pink", "red", "yellow", "brown", "grey"] as const;

export type CourseColour = (typeof courseColours)[number];

export interface Course {
  id: string;
  name: string;
  colour: CourseColour;
  term: string | null;
  /** A day of the calendar: `2027-02-14`. */
  exam_date: string | null;
  is_archived: boolean;
  position: number;
  document_count?: number;
  conversation_count?: number;
  created_at?: string;
  updated_at?: string;
}

/** What a student says about a course. */
export interface CourseDetails {
  name: string;
  colour?: CourseColour;
  term?: string | null;
  exam_date?: string | null;
}

const path = (id: string) => `/courses/${encodeURIComponent(id)}`;

async function ask<Value>(method: "GET" | "POST" | "PATCH" | "DELETE", address: string, body?: unknown, signal?: AbortSignal): Promise<Value> {
  const headers = { Accept: "application/json", ...(body === undefined ? {} : { "Content-Type": "application/json" }) };
  const init = { method, headers, keepalive: method === "DELETE", ...(body === undefined ? {} : { body: JSON.stringify(body) }), ...(signal ? { signal } : {}) };
  return readAnswer<Value>(await authorizedFetch(address, init));
}

export const courseAPI = {
  list: (signal?: AbortSignal) => ask<{ data: Course[] }>("GET", "/courses?limit=100", undefined, signal),
  get: (id: string, signal?: AbortSignal) => ask<Course>("GET", path(id), undefined, signal),
  create: (details: CourseDetails) => ask<Course>("POST", "/courses", details),
  change: (id: string, change: Partial<CourseDetails> & { is_archived?: boolean; position?: number }) => ask<Course>("PATCH", path(id), change),
  /** Its documents and conversations stay. Goes on even when the page is being closed. */
  remove: (id: string) => ask<void>("DELETE", path(id)),
};
