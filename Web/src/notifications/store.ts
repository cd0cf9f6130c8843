import { documents, failureText, LibraryDocument } from "../api/documents";
import type { LiveEvent } from "../events/liveEvents";
import { session } from "../session/session";
import { keepText, keptText } from "../state/kept";
import { Store } from "../state/store";
import { useStore } from "../state/useStore";
import { renewPush } from "./push";
import { showTold } from "./told";

/** An import that came to its end. */
export interface Notice {
  /** The document's id: of each only the last news counts. */
  id: string;
  title: string;
  outcome: "ready" | "failed";
  /** Why it failed, in the reader's words. */
  problem: string | null;
  /** Milliseconds since 1970. */
  time: number;
}

interface NoticesState {
  items: readonly Notice[];
  /** What came after this time has not been seen, in milliseconds since 1970. */
  seen: number;
}

/** More than anyone looks back through. */
const most = 50;

export const notices = new Store<NoticesState>({ items: [], seen: 0 });

const key = () => {
  const current = session.get();
  return `little-monster-news-${current.phase === "signedIn" ? current.user.id : ""}`;
};

/** Takes up how far this browser has seen the news. */
export function startNotices(): void {
  const seen = Number(keptText(key()));
  if (seen > 0) notices.set((state) => ({ ...state, seen }));
  else markSeen(Date.now());
  renewPush();
}

export function applyToNotices(event: LiveEvent): void {
  switch (event.type) {
    case "document.processed":
    case "document.failed":
      return place([noticeOf(event.payload)]);
    case "document.updated":
      return rename(event.payload);
    case "document.deleted":
      return drop(event.payload.id);
    case "notification.told":
      return showTold(event.payload);
    case "resync":
      // What ended while nobody listened is news too.
      return void loadNotices().catch(() => undefined);
    default:
      return undefined;
  }
}

/** Reads what ended while no stream was open here, on this device or another. */
export async function loadNotices(signal?: AbortSignal): Promise<void> {
  const { data } = await documents.list(1, most, {}, signal);
  place(data.filter(({ status }) => status === "completed" || status === "failed").map(noticeOf));
}

export function markSeen(time = Date.now()): void {
  notices.set((state) => ({ ...state, seen: time }));
  keepText(key(), String(time));
}

export async function retry(id: string): Promise<void> {
  await documents.retry(id);
  drop(id);
}

export function forgetNotices(): void {
  notices.set({ items: [], seen: 0 });
}

/** How many are not seen yet. */
export function useUnseen(): number {
  const { items, seen } = useStore(notices);
  return items.filter(({ time }) => time > seen).length;
}

function place(list: readonly Notice[]): void {
  notices.set((state) => {
    const others = state.items.filter((item) => !list.some(({ id }) => id === item.id));
    return { ...state, items: [...list, ...others].sort((a, b) => b.time - a.time).slice(0, most) };
  });
}

function rename({ id, title }: LibraryDocument): void {
  notices.set((state) => ({ ...state, items: state.items.map((item) => (item.id === id ? { ...item, title } : item)) }));
}

function drop(id: string): void {
  notices.set((state) => ({ ...state, items: state.items.filter((item) => item.id !== id) }));
}

function noticeOf(document: LibraryDocument): Notice {
  const failed = document.status === "failed";
  return {
    id: document.id, title: document.title, outcome: failed ? "failed" : "ready", problem: failed ? failureText(document) : null,
    time: Date.parse(document.updated_at) || Date.now(),
  };
}
