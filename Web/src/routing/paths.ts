/** Where in a document to look: a page, and a chunk to highlight on it. */
export interface PassageTarget {
  page: number | null;
  chunk: string | null;
}

/** The place that an address such as `/d/7?page=3` names. */
export function readPassage(parameters: URLSearchParams): PassageTarget {
  const page = Number.parseInt(parameters.get("page") ?? "", 10);
  return { page: Number.isSafeInteger(page) && page > 0 ? page : null, chunk: parameters.get("chunk") };
}

export function withQuery(path: string, values: Readonly<Record<string, string | number | null | undefined>>): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) if (value !== null && value !== undefined && value !== "") parameters.set(key, String(value));
  const query = parameters.toString();
  return query === "" ? path : `${path}?${query}`;
}

const part = encodeURIComponent;

/** The addresses of all pages: an area may lead to another's without knowing it. */
export const paths = {
  home: "/",
  signIn: "/sign-in",
  /** Where another service sends people back to. */
  callback: "/sign-in/:provider",
  /** Where a launch from a learning platform ends, with its state in the fragment. */
  launch: "/launch",
  register: "/register",
  /** Behind a one-time link, with its token in the fragment. */
  reset: "/reset",
  forgot: "/forgot",
  /** Behind the link that a newcomer is mailed, with its token in the fragment. */
  confirmSignUp: "/confirm-sign-up",
  /** Behind a one-time link to an address, with its token in the fragment. */
  confirmEmail: "/confirm-email",
  /** What one says of oneself, and the figures. */
  profile: "/profile",
  /** Behind a link in a message, with its token in the fragment. */
  unsubscribe: "/unsubscribe",
  /** Where one is before signing in. */
  entries: ["/welcome", "/sign-in", "/register"],
  library: "/library",
  courses: "/courses",
  course: (id: string, tab?: "sources" | "talks" | "notes" | "practice" | "grades") => `/c/${part(id)}${tab ? `/${tab}` : ""}`,
  talks: "/talks",
  /** A conversation, or one that has not begun; one of a course stands below the course. */
  talk: (course?: string | null, id?: string | null) => `${course ? `/c/${part(course)}` : ""}/talk${id ? `/${part(id)}` : ""}`,
  document: (id: string, passage?: Partial<PassageTarget>) => withQuery(`/d/${part(id)}`, { page: passage?.page, chunk: passage?.chunk }),
  search: (query?: string, course?: string | null) => withQuery("/search", { q: query, course }),
  /** A conversation by voice, over the whole window. */
  live: (talk?: string | null, wish: { persona?: string; unremembered?: boolean } = {}) =>
    withQuery(`/live${talk ? `/${part(talk)}` : ""}`, { persona: wish.persona, memory: wish.unremembered ? "off" : null }),
  personas: "/personas",
  recordings: (id?: string) => `/recordings${id ? `/${part(id)}` : ""}`,
  quizzes: "/quizzes",
  /** Everything that can be asked. */
  questions: "/questions",
  quiz: (id: string) => `/quiz/${part(id)}`,
  /** A quiz being taken, over the whole window. */
  quizTake: (id: string) => `/quiz/${part(id)}/take`,
  quizResult: (id: string, submission: string) => `/quiz/${part(id)}/result/${part(submission)}`,
  notes: "/notes",
  note: (id: string) => `/notes/${part(id)}`,
  /** Decks and what waits in them. */
  cards: "/cards",
  deck: (id: string) => `/cards/${part(id)}`,
  /** Learning what waits, of one deck or of all, over the whole window. */
  review: (deck?: string | null) => `/review${deck ? `/${part(deck)}` : ""}`,
  statistics: (deck?: string | null) => withQuery("/statistics", { deck }),
  planner: (shown: { view?: "week" | "month"; day?: string } = {}) => withQuery("/planner", { view: shown.view, day: shown.day }),
  /** The average of all courses. */
  grades: "/grades",
  classes: "/classes",
  class: (id: string, tab?: "students" | "shared" | "results") => `/class/${part(id)}${tab ? `/${tab}` : ""}`,
  /** Joining a class, by the token in the fragment or by a code. */
  join: "/join",
  notifications: "/notifications",
  settings: (section?: string) => `/settings${section ? `/${section}` : ""}`,
  admin: (section?: string) => `/admin${section ? `/${section}` : ""}`,
};
