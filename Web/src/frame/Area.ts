import type { ComponentType } from "react";
import type { IconName } from "../design/Icon";
import type { LiveEvent } from "../events/liveEvents";

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
  /** Nothing stands around it: no rail, no bar, no panel. It is one thing to do, and has its own way out. */
  alone?: boolean;
}

/** An address of before, and where it leads now. */
export interface Redirect {
  pattern: string;
  to: (params: Params, query: URLSearchParams) => string;
}

/** A place to go to, in the rail and on phones. */
export interface RailItem {
  label: string;
  icon: IconName;
  to: string;
  /** Pages, as `area/page`, at which the student counts as being there. */
  pages: readonly string[];
  /** It stands in the rail. What does not is reached otherwise from there. */
  rail?: boolean;
  /** On phones: in the bar, in its middle, or in the list that the last button opens. */
  phone: "bar" | "middle" | "more";
  /** Where it is only for some, whether it is for this user. A hook. */
  useShown?: () => boolean;
  /** How many things wait there. A hook. */
  useCount?: () => number;
}

/** Something that "+ New" makes. */
export interface NewAction {
  label: string;
  icon: IconName;
  run: (place: Place | null) => void;
  /** How a keyboard does it. */
  keys?: readonly string[];
}

/** One line of the palette. */
export interface PaletteItem {
  /** Tells it from all other lines. */
  id: string;
  group: "find" | "go" | "do" | "passages";
  label: string;
  detail?: string;
  icon: IconName;
  run: () => void;
}

/** One person's way through the palette's lines: those that are always there, and those found by name. */
export interface PaletteSource {
  always?: () => readonly PaletteItem[];
  find?: (text: string, signal: AbortSignal) => Promise<readonly PaletteItem[]>;
}

/** How a tab of the panel is opened from the page that is shown now. */
export interface PanelOffer {
  about: string | null;
  parameters?: Readonly<Record<string, string | number | null>>;
  /** Where there is room, it is shown unless something else was asked for. */
  standing?: boolean;
}

/** A tab of the panel that stands beside a page: sources, a document, a conversation. */
export interface PanelTab {
  kind: string;
  label: string;
  icon: IconName;
  /** Parameters of the address that are about this tab and go with it. */
  parameters: readonly string[];
  /** How wide it is at first, as a share of what the page and the panel have together. */
  share: number;
  /** How it is opened beside this page; null where it does not belong. A hook. */
  useOffer: (place: Place) => PanelOffer | null;
  load: () => Promise<{ default: ComponentType<PanelTabProps> }>;
}

export interface PanelTabProps {
  place: Place;
  /** What the address says after the tab's name. */
  about: string | null;
  /** It stands beside the page and not over it. */
  beside: boolean;
  close: () => void;
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
  railItems?: readonly RailItem[];
  newActions?: readonly NewAction[];
  palette?: PaletteSource;
  panelTabs?: readonly PanelTab[];
  /** What stands over every page: dialogs by the address, a place to drop files. */
  overlays?: ComponentType;
  /** Called once when somebody has signed in. */
  start?: () => void;
  /** Brings what the server tells into the area's stores. */
  applyEvent?: (event: LiveEvent) => void;
  /** Forgets what it kept of the person who leaves. */
  forget: () => void;
}
