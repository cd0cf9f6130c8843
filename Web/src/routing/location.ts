import { Store } from "../state/store";
import { basePath } from "./base";
import { useStore } from "../state/useStore";

/** What lies over a page and is an entry of the history of its own, so that Back closes it. */
export type Overlay = "sheet" | "panel";

/** Where the browser is, below the base path, and what the history entry remembers. */
export interface Location {
  path: string;
  query: string;
  state: unknown;
  /** Names the history entry, for what is kept by entry. */
  entry: string;
  /** The app opened this over the entry before it. */
  overlay: Overlay | null;
  /** The browser's Back or Forward led here. */
  returned: boolean;
  /** Grows with each move, so that asking for the same address again counts as one. */
  visit: number;
}

/** As it lies in the browser's history. */
interface Entry {
  entry: string;
  overlay: Overlay | null;
  state: unknown;
}

interface NavigateOptions {
  /** In place of the entry that is shown. What is opened from a sheet takes the sheet's place by itself. */
  replace?: boolean;
  state?: unknown;
  overlay?: Overlay;
}

let visit = 0;

function read(returned: boolean): Location {
  const { pathname, search } = window.location;
  const path = pathname.startsWith(basePath) ? pathname.slice(basePath.length - 1) : pathname;
  const kept = window.history.state as Partial<Entry> | null;
  visit += 1;
  return {
    path, query: search.slice(1), state: kept?.state ?? null, entry: kept?.entry ?? "first", overlay: kept?.overlay ?? null, returned, visit,
  };
}

export const location = new Store<Location>(read(false));

const leaving = new Set<(from: Location) => void>();

/** Calls back before another entry is shown, while the page is still the old one. */
export function onLeave(listener: (from: Location) => void): () => void {
  leaving.add(listener);
  return () => leaving.delete(listener);
}

function move(returned: boolean): void {
  for (const listener of leaving) listener(location.get());
  location.set(read(returned));
}

window.addEventListener("popstate", () => move(true));

/** Goes to an address below the base path. */
export function navigate(to: string, options: NavigateOptions = {}): void {
  const before = location.get();
  const replace = options.replace ?? before.overlay === "sheet";
  const entry: Entry = {
    entry: replace ? before.entry : crypto.randomUUID?.() ?? String(Math.random()),
    // What a sheet is replaced by lies over the same entry as the sheet did only if it is an overlay itself.
    overlay: options.overlay ?? (options.replace === true && sharesPath(to, before) ? before.overlay : null),
    state: options.state ?? null,
  };
  if (replace) window.history.replaceState(entry, "", hrefOf(to));
  else window.history.pushState(entry, "", hrefOf(to));
  move(false);
}

/** Puts away what lies over the page: by going back where that is how it came, and else in place. */
export function putAway(overlay: Overlay, without: readonly string[]): void {
  const { overlay: current, query } = location.get();
  if (current === overlay) return window.history.back();
  navigate(withParameters(query, Object.fromEntries(without.map((name) => [name, null]))), { replace: true, state: location.get().state });
}

/** The address of this page with some of its parameters set, or taken away where they are null. */
export function withParameters(query: string, values: Readonly<Record<string, string | number | null | undefined>>, path = location.get().path): string {
  const parameters = new URLSearchParams(query);
  for (const [name, value] of Object.entries(values)) {
    if (value === null || value === undefined || value === "") parameters.delete(name);
    else parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === "" ? path : `${path}?${text}`;
}

/** Changes parameters of this page's address in place: filters, tabs, the page of a list. */
export function setParameters(values: Readonly<Record<string, string | number | null | undefined>>): void {
  const { query, state } = location.get();
  navigate(withParameters(query, values), { replace: true, state });
}

function sharesPath(to: string, before: Location): boolean {
  return to.split("?")[0] === before.path;
}

export function hrefOf(to: string): string {
  return basePath.slice(0, -1) + to;
}

export function useLocation(): Location {
  return useStore(location);
}
