import type { IconName } from "../design/Icon";
import { outOfSight } from "../design/UndoableDeletion";
import { session } from "../session/session";
import { keepText, keptList } from "../state/kept";
import { Store } from "../state/store";
import { useStore } from "../state/useStore";

export type RecentKind = "document" | "talk" | "course";

/** Something that the student was at lately. */
export interface Recent {
  kind: RecentKind;
  id: string;
  title: string;
  to: string;
  course: string | null;
  /** Milliseconds since 1970. */
  time: number;
}

export const recentIcons: Record<RecentKind, IconName> = { document: "page", talk: "chat", course: "course" };

/** So many are kept; a few are shown. */
const most = 20;

/** What was opened in this browser, newest first. */
const visits = new Store<readonly Recent[]>([]);
/** What the server says was touched last, wherever that was. */
const touched = new Store<readonly Recent[]>([]);
/** Of which account the visits are. */
let owner: string | null = null;

const key = () => `little-monster-recent-${owner ?? ""}`;

export function startRecents(): void {
  const current = session.get();
  owner = current.phase === "signedIn" ? current.user.id : null;
  visits.set(keptList(key(), isRecent));
}

export function forgetRecents(): void {
  owner = null;
  visits.set([]);
  touched.set([]);
}

/** Notes that the student opened something. */
export function noteVisit(visit: Omit<Recent, "time">): void {
  if (owner === null || visit.title === "") return;
  keep([{ ...visit, time: Date.now() }, ...visits.get().filter((each) => !same(each, visit))].slice(0, most));
}

/** Adds what another device may have touched last. */
export function offerRecents(kind: RecentKind, list: readonly Recent[]): void {
  touched.set((before) => [...before.filter((each) => each.kind !== kind), ...list]);
  const titles = new Map(list.map((each) => [each.id, each.title]));
  if (visits.get().some((each) => each.kind === kind && (titles.get(each.id) ?? each.title) !== each.title)) {
    keep(visits.get().map((each) => (each.kind === kind ? { ...each, title: titles.get(each.id) ?? each.title } : each)));
  }
}

export function renameRecent(kind: RecentKind, id: string, title: string): void {
  const renamed = (list: readonly Recent[]) => list.map((each) => (same(each, { kind, id }) ? { ...each, title } : each));
  if (visits.get().some((each) => same(each, { kind, id }) && each.title !== title)) keep(renamed(visits.get()));
  touched.set(renamed);
}

export function dropRecent(kind: RecentKind, id: string): void {
  if (visits.get().some((each) => same(each, { kind, id }))) keep(visits.get().filter((each) => !same(each, { kind, id })));
  touched.set((list) => list.filter((each) => !same(each, { kind, id })));
}

/** The last things of any kind, newest first. */
export function useRecents(count: number, kind?: RecentKind): readonly Recent[] {
  const gone = useStore(outOfSight);
  return newestFirst(useStore(visits), useStore(touched)).filter((each) => (kind === undefined || each.kind === kind) && !gone.has(each.id)).slice(0, count);
}

/** Of two that are the same thing the newer counts. */
export function newestFirst(...lists: readonly (readonly Recent[])[]): Recent[] {
  const all = lists.flat().sort((a, b) => b.time - a.time);
  return all.filter((each, index) => all.findIndex((other) => same(other, each)) === index);
}

function same(a: { kind: string; id: string }, b: { kind: string; id: string }): boolean {
  return a.kind === b.kind && a.id === b.id;
}

function keep(list: readonly Recent[]): void {
  visits.set(list);
  if (owner !== null) keepText(key(), JSON.stringify(list));
}

function isRecent(value: unknown): value is Recent {
  const each = value as Partial<Recent> | null;
  return typeof each === "object" && each !== null && typeof each.id === "string" && typeof each.title === "string" && typeof each.to === "string"
    && typeof each.time === "number" && (each.kind === "document" || each.kind === "talk" || each.kind === "course");
}
