import type { ComponentType } from "react";
import type { LiveEvent } from "../events/liveEvents";
import type { IconName } from "../design/Icon";

/** The parts of an address that a pattern names: `/d/:id` gives `id`. */
export type Params = Readonly<Record<string, string>>;

/** Where the student is: a page of an area, and what its address says. */
export interface Place {
  area: string;
  page: string;
  params: Params;
  query: URLSearchParams;
}

/** What every page is given. */
export interface PageProps {
  params: Params;
  query: URLSearchParams;
}

export interface AreaRoute {
  /** `/c/:course/talk/:talk`; parts after a colon are parameters. */
  pattern: string;
  /** Which of the area's pages it shows. Patterns of one page share it, so that going from one to the other loses nothing. */
  page: string;
  /** The page fills the window and scrolls within itself. */
  fixed?: boolean;
}

/** An address of before, and where it leads now. */
export interface Redirect {
  pattern: string;
  to: (params: Params, query: URLSearchParams) => string;
}

/** A place in the rail, and on phones in the bar at the foot or in what its last button opens. */
export interface RailItem {
  label: string;
  icon: IconName;
  to: string;
  /** Pages at which the student counts as being there. */
  pages: readonly string[];
}

/**
 * One part of the app: its pages, its entries in what stands around them, and what it keeps while someone is signed in.
 * The shell folds the list in `areas.ts`; nothing else names an area.
 */
export interface Area {
  name: string;
  routes: readonly AreaRoute[];
  redirects?: readonly Redirect[];
  /** Its pages by name, in a chunk of their own that comes with the first visit. */
  load: () => Promise<Readonly<Record<string, ComponentType<PageProps>>>>;
  railItem?: RailItem;
  /** Called once when somebody has signed in. */
  start?: () => void;
  /** Brings what the server tells into the area's stores. */
  applyEvent?: (event: LiveEvent) => void;
  /** Forgets what it kept of the person who leaves. */
  forget: () => void;
}
