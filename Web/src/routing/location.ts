import { Store } from "../state/store";
import { useStore } from "../state/useStore";
import { basePath } from "./base";

/** Where the browser is, below the base path, and what the history entry remembers. */
export interface Location {
  path: string;
  query: string;
  state: unknown;
  /** Grows with each move, so that asking for the same address again counts as one. */
  visit: number;
}

let visit = 0;

function read(): Location {
  const { pathname, search } = window.location;
  const path = pathname.startsWith(basePath) ? pathname.slice(basePath.length - 1) : pathname;
  visit += 1;
  return { path, query: search.slice(1), state: window.history.state as unknown, visit };
}

export const location = new Store<Location>(read());

window.addEventListener("popstate", () => location.set(read()));

/** Goes to an address below the base path. */
export function navigate(to: string, options: { replace?: boolean; state?: unknown } = {}): void {
  const url = hrefOf(to);
  if (options.replace) window.history.replaceState(options.state ?? null, "", url);
  else window.history.pushState(options.state ?? null, "", url);
  location.set(read());
}

export function hrefOf(to: string): string {
  return basePath.slice(0, -1) + to;
}

export function useLocation(): Location {
  return useStore(location);
}
