import { authorizedFetch, call, patientFetch, rawFetch, readAnswer } from "./client";
import { APIError } from "./errors";
import type { AccountsStatusView, GrantView, SessionView, ShownInvitation, UserView } from "./generated/schemas";
import { addressOf, Answer, methodOf, Route } from "./routes";

export type User = UserView;
export type SessionTokens = GrantView;
/** A place where one is signed in. */
export type Device = SessionView;
export type { ShownInvitation };
export type ServerStatus = AccountsStatusView;

/** Asks the server to keep the refresh token in a cookie, out of scripts' reach. */
const cookieSession = { "X-LM-Session": "cookie", "Content-Type": "application/json", Accept: "application/json" };

/** Calls a route of sign-in and sign-out, which go by the cookie and need no token. */
async function post<R extends Extract<Route, `POST /auth/${string}`>>(route: R, body: unknown, send = rawFetch): Promise<Answer<R>> {
  const response = await send(addressOf<Route>(route), { method: "POST", headers: cookieSession, body: JSON.stringify(body) });
  if (!response.ok) throw await APIError.from(response);
  return readAnswer<Answer<R>>(response);
}

/** Ends sessions as the signed-in user, the cookie of this one included. */
async function endSession(route: "POST /auth/logout-all" | "DELETE /users/me", body: unknown): Promise<void> {
  await authorizedFetch(addressOf(route), { method: methodOf(route), headers: cookieSession, body: JSON.stringify(body) });
}

/** A code of an app or on paper, where one was typed. */
const proof = (code: string): { code?: string } => (code.trim() === "" ? {} : { code: code.trim() });

export const accounts = {
  async status(): Promise<ServerStatus> {
    const response = await patientFetch(addressOf("GET /auth/status"), { headers: { Accept: "application/json" } });
    if (!response.ok) throw await APIError.from(response);
    return readAnswer<ServerStatus>(response);
  },
  register: (email: string, password: string, displayName: string, invitation: string | null = null) =>
    post("POST /auth/register", { email, password, display_name: displayName, ...(invitation === null ? {} : { invitation }) }),
  /** Makes the account that a mailed link is about, by the password that was chosen for it. */
  confirmSignUp: (token: string, password: string) => post("POST /auth/confirm-sign-up", { token, password }),
  lookAtInvitation: (token: string): Promise<ShownInvitation> => post("POST /auth/invitation", { token }),
  signIn: (email: string, password: string, code = "") => post("POST /auth/login", { email, password, ...proof(code) }),
  refresh: () => post("POST /auth/refresh", {}, patientFetch),
  signOut: () => post("POST /auth/logout", {}),
  signOutEverywhere: () => endSession("POST /auth/logout-all", {}),
  devices: async (signal?: AbortSignal): Promise<Device[]> => (await call("GET /users/me/sessions", { signal })).data,
  signOutDevice: (id: string) => call("DELETE /users/me/sessions/{id}", { path: { id } }),
  /** Every other session ends. */
  changePassword: (before: string, after: string, code = "") =>
    call("POST /users/me/password", { body: { current_password: before, new_password: after, ...proof(code) } }),
  async removeAccount(password: string, code = ""): Promise<void> {
    await endSession("DELETE /users/me", { ...(password === "" ? {} : { password }), ...proof(code) });
    // The cookie belongs to the folder of sign-in and sign-out, so only an answer from there can take it away.
    await post("POST /auth/logout", {}).catch(() => undefined);
  },
  secondFactor: (signal?: AbortSignal) => call("GET /users/me/second-factor", { signal }),
  beginSecondFactor: (password: string) => call("POST /users/me/second-factor", { body: { password } }),
  /** The recovery codes, which are told this once. */
  confirmSecondFactor: async (code: string) => (await call("POST /users/me/second-factor/confirm", { body: { code } })).recovery_codes,
  renewRecoveryCodes: async (password: string, code: string) =>
    (await call("POST /users/me/second-factor/recovery-codes", { body: { password, ...proof(code) } })).recovery_codes,
  removeSecondFactor: (password: string, code: string) => call("DELETE /users/me/second-factor", { body: { password, ...proof(code) } }),
  rename: (displayName: string) => call("PATCH /users/me", { body: { display_name: displayName } }),
};
