import { pause } from "../api/abortable";
import type { SessionTokens } from "../api/accounts";

/** What tabs of one browser tell each other. Tokens go from page to page of this origin only, and are never stored. */
type Word = { kind: "renewed"; tokens: SessionTokens } | { kind: "failed" } | { kind: "left" };

const lock = "little-monster-session";
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(lock);

/** Milliseconds that a word of the tab that has just let go of the lock may be on its way; a tab that was closed says none. */
const onItsWay = 3000;

/** Takes what another tab says of its renewal while this one waits for its turn: tokens, or null where it failed. */
let take: ((tokens: SessionTokens | null) => void) | null = null;

/**
 * Renews the session once for all tabs: they share the cookie, and each renewal replaces it. The first asks the server, the
 * others take what it was given. Where the browser has no locks (they need HTTPS), each asks, and the server answers all alike.
 */
export async function renewForAllTabs(refresh: () => Promise<SessionTokens>): Promise<SessionTokens> {
  const renew = async () => {
    try {
      const tokens = await refresh();
      tell({ kind: "renewed", tokens });
      return tokens;
    } catch (error) {
      tell({ kind: "failed" });
      throw error;
    }
  };
  const locks = navigator.locks as LockManager | undefined;
  if (locks === undefined) return renew();
  const given = new Promise<SessionTokens | null>((resolve) => {
    take = resolve;
  });
  const mine = await withLock(locks, { ifAvailable: true }, renew);
  if (mine !== null) return mine;
  // Another tab is at it. It may fail, and then it is this one's turn.
  const turn = await withLock(locks, {}, async () => (await Promise.race([given, pause(onItsWay)])) ?? (await renew()));
  return turn ?? renew();
}

/** What an action answers that ran while no other tab did the like; null where the lock was not to be had. */
async function withLock<Value>(locks: LockManager, options: LockOptions, action: () => Promise<Value>): Promise<Value | null> {
  let result: Value | null = null;
  await locks.request(lock, options, async (held) => {
    if (held !== null) result = await action();
  });
  return result;
}

/** Tells the other tabs that the session has been ended. */
export function tellLeaving(): void {
  tell({ kind: "left" });
}

/** Follows what happens to the session in other tabs. */
export function followOtherTabs(renewed: (tokens: SessionTokens) => void, left: () => void): void {
  channel?.addEventListener("message", ({ data }: MessageEvent<Word>) => {
    if (data.kind === "left") return left();
    take?.(data.kind === "renewed" ? data.tokens : null);
    if (data.kind === "failed") return;
    return renewed(data.tokens);
  });
}

function tell(word: Word): void {
  channel?.postMessage(word);
}
