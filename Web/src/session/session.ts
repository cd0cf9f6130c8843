import { accounts, ServerStatus, SessionTokens, User } from "../api/accounts";
import { eventGate, forgetAnswers } from "../api/client";
import { APIError, describe } from "../api/errors";
import { clearToken, onRenew, renewToken, setToken } from "../api/tokens";
import { Store } from "../state/store";
import { followOtherTabs, renewForAllTabs, tellLeaving } from "./otherTabs";
import { rememberSignedIn } from "./signedInHint";

/** Whether a session that was open is over, by itself or elsewhere, or since its sign-in was too long ago. */
export type SessionEnd = false | "over" | "tooOld";

/** Who is using the app. */
export type Session =
  | { phase: "starting" }
  | { phase: "unreachable"; message: string }
  | { phase: "signedOut"; server: ServerStatus; ended: SessionEnd }
  | { phase: "signedIn"; user: User };

export const session = new Store<Session>({ phase: "starting" });

/** Takes up the session that the cookie remembers, or finds out what a newcomer may do. */
export async function startSession(): Promise<void> {
  session.set({ phase: "starting" });
  try {
    if (await renewToken()) return;
    if (session.get().phase === "starting") await showSignedOut();
  } catch (error) {
    session.set({ phase: "unreachable", message: describe(error) });
  }
}

export function takeUp(tokens: SessionTokens): void {
  setToken(tokens.access_token, tokens.expires_in);
  const current = session.get();
  if (current.phase === "signedIn" && current.user.id === tokens.user.id) return updateUser(tokens.user);
  forgetAnswers();
  eventGate.expect();
  rememberSignedIn(true);
  session.set({ phase: "signedIn", user: tokens.user });
}

/** The same person's account as it is now: a name or a role may have changed here or elsewhere. */
export function updateUser(user: User): void {
  session.set((current) => (current.phase === "signedIn" && !same(current.user, user) ? { phase: "signedIn", user } : current));
}

function same(one: User, other: User): boolean {
  const told: readonly (keyof User)[] = ["id", "email", "display_name", "role", "has_second_factor", "has_passkeys", "avatar_colour", "email_verified", "verification"];
  return told.every((field) => one[field] === other[field]);
}

/** Forgets who was signed in, here and in the other tabs; the server is told by the caller. */
export async function leave(): Promise<void> {
  tellLeaving();
  forget();
  await showSignedOut().catch((error: unknown) => session.set({ phase: "unreachable", message: describe(error) }));
}

function forget(): void {
  clearToken();
  forgetAnswers();
  rememberSignedIn(false);
}

async function showSignedOut(ended: SessionEnd = false): Promise<void> {
  session.set({ phase: "signedOut", server: await accounts.status(), ended });
}

onRenew(async () => {
  try {
    takeUp(await renewForAllTabs(accounts.refresh));
    return true;
  } catch (error) {
    if (!(error instanceof APIError) || error.status >= 500 || error.status === 429) throw error;
    const wasSignedIn = session.get().phase === "signedIn";
    const isTooOld = error.details["session"] !== undefined;
    forget();
    // Who has been here for months is told why they are asked who they are.
    if (wasSignedIn || isTooOld) await showSignedOut(isTooOld ? "tooOld" : "over");
    return false;
  }
});

followOtherTabs(
  (tokens) => {
    const current = session.get();
    if (current.phase === "signedIn" && current.user.id === tokens.user.id) takeUp(tokens);
  },
  // Whoever signs out in one tab is signed out in all: the cookie is theirs together. The next renewal shows it.
  () => {
    if (session.get().phase === "signedIn") void renewToken().catch(() => undefined);
  },
);
