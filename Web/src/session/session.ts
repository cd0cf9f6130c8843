import { accounts, ServerStatus, SessionTokens, User } from "../api/accounts";
import { APIError, describe } from "../api/errors";
import { clearToken, onRenew, renewToken, setToken } from "../api/tokens";
import { Store } from "../state/store";

/** Who is using the app. */
export type Session =
  | { phase: "starting" }
  | { phase: "unreachable"; message: string }
  | { phase: "signedOut"; server: ServerStatus; /** The session ran out or was ended elsewhere. */ ended: boolean }
  | { phase: "signedIn"; user: User };

export const session = new Store<Session>({ phase: "starting" });

/** Takes up the session that the cookie remembers, or finds out what a newcomer may do. */
export async function startSession(): Promise<void> {
  session.set({ phase: "starting" });
  try {
    if (await renewToken()) return;
    await showSignedOut();
  } catch (error) {
    session.set({ phase: "unreachable", message: describe(error) });
  }
}

export function takeUp(tokens: SessionTokens): void {
  setToken(tokens.access_token, tokens.expires_in);
  session.set({ phase: "signedIn", user: tokens.user });
}

export function updateUser(user: User): void {
  session.set((current) => (current.phase === "signedIn" ? { phase: "signedIn", user } : current));
}

/** Forgets who was signed in, here; the server is told by the caller. */
export async function leave(): Promise<void> {
  clearToken();
  await showSignedOut().catch((error: unknown) => session.set({ phase: "unreachable", message: describe(error) }));
}

async function showSignedOut(ended = false): Promise<void> {
  session.set({ phase: "signedOut", server: await accounts.status(), ended });
}

onRenew(async () => {
  try {
    // Tabs share the cookie and each renewal replaces it, so they take turns.
    const tokens = await takingTurns(accounts.refresh);
    setToken(tokens.access_token, tokens.expires_in);
    session.set((current) => (current.phase === "signedIn" && current.user.id === tokens.user.id ? current : { phase: "signedIn", user: tokens.user }));
    return true;
  } catch (error) {
    if (!(error instanceof APIError) || error.status >= 500 || error.status === 429) throw error;
    const wasSignedIn = session.get().phase === "signedIn";
    clearToken();
    if (wasSignedIn) await showSignedOut(true);
    return false;
  }
});

async function takingTurns<Value>(action: () => Promise<Value>): Promise<Value> {
  const locks = navigator.locks as LockManager | undefined;
  if (locks === undefined) return action();
  let result: Value | undefined;
  await locks.request("little-monster-session", async () => {
    result = await action();
  });
  return result as Value;
}
