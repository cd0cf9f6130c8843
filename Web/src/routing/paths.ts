/** Where in a document to look: a page, and a chunk to highlight on it. */
export interface PassageTarget {
  page: number | null;
  chunk: string | null;
}

/** The place that an address such as `/documents/7?page=3` names. */
export function readPassage(parameters: URLSearchParams): PassageTarget {
  const page = Number.parseInt(parameters.get("page") ?? "", 10);
  return { page: Number.isSafeInteger(page) && page > 0 ? page : null, chunk: parameters.get("chunk") };
}

function withQuery(path: string, values: Record<string, string | number | null | undefined>): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) if (value !== null && value !== undefined) parameters.set(key, String(value));
  const query = parameters.toString();
  return query === "" ? path : `${path}?${query}`;
}

export const paths = {
  home: "/",
  signIn: "/sign-in",
  register: "/register",
  /** Where one is before signing in. */
  entries: ["/welcome", "/sign-in", "/register"],
  library: "/library",
  search: "/search",
  settings: "/settings",
  document: (id: string, passage?: Partial<PassageTarget>) =>
    withQuery(`/documents/${encodeURIComponent(id)}`, { page: passage?.page, chunk: passage?.chunk }),
  chat: (conversation?: string | null, document?: string | null, passage?: Partial<PassageTarget>) =>
    withQuery(conversation ? `/chat/${encodeURIComponent(conversation)}` : "/chat", {
      document, page: passage?.page, chunk: passage?.chunk,
    }),
};
