/** A page of the app, as its address names it. */
export type Route =
  | { name: "home" }
  | { name: "welcome" }
  | { name: "signIn" }
  | { name: "register" }
  | { name: "library" }
  | { name: "document"; id: string; passage: PassageTarget }
  | { name: "chat"; conversation: string | null; document: string | null; passage: PassageTarget }
  | { name: "search" }
  | { name: "settings" }
  | { name: "notFound" };

/** Where in a document to look: a page, and a chunk to highlight on it. */
export interface PassageTarget {
  page: number | null;
  chunk: string | null;
}

/** Reads an address below the base path, such as `/documents/7?page=3`. */
export function parseRoute(path: string, query: string): Route {
  const parts = path.split("/").filter((part) => part !== "").map(decode);
  const parameters = new URLSearchParams(query);
  const passage = readPassage(parameters);
  const [head, id] = parts;
  if (parts.length === 0) return { name: "home" };
  if (parts.length === 1) {
    switch (head) {
      case "welcome": return { name: "welcome" };
      case "sign-in": return { name: "signIn" };
      case "register": return { name: "register" };
      case "library": return { name: "library" };
      case "chat": return { name: "chat", conversation: null, document: parameters.get("document"), passage };
      case "search": return { name: "search" };
      case "settings": return { name: "settings" };
      default: return { name: "notFound" };
    }
  }
  if (parts.length === 2 && id !== undefined) {
    if (head === "documents") return { name: "document", id, passage };
    if (head === "chat") return { name: "chat", conversation: id, document: parameters.get("document"), passage };
  }
  return { name: "notFound" };
}

function readPassage(parameters: URLSearchParams): PassageTarget {
  const page = Number.parseInt(parameters.get("page") ?? "", 10);
  return { page: Number.isSafeInteger(page) && page > 0 ? page : null, chunk: parameters.get("chunk") };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function withQuery(path: string, values: Record<string, string | number | null | undefined>): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) if (value !== null && value !== undefined) parameters.set(key, String(value));
  const query = parameters.toString();
  return query === "" ? path : `${path}?${query}`;
}

export const paths = {
  home: "/",
  welcome: "/welcome",
  signIn: "/sign-in",
  register: "/register",
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
