import { authorizedFetch, getJSON, rawFetch, sendJSON } from "./client";
import { APIError } from "./errors";

export interface User {
  id: string;
  email: string;
  display_name: string;
  role: string;
}

export interface SessionTokens {
  user: User;
  access_token: string;
  expires_in: number;
}

export interface ServerStatus {
  registration_open: boolean;
  has_users: boolean;
}

/** Asks the server to keep the refresh token in a cookie, out of scripts' reach. */
const cookieSession = { "X-LM-Session": "cookie", "Content-Type": "application/json", Accept: "application/json" };

async function post<Value>(path: string, body: unknown): Promise<Value> {
  const response = await rawFetch(path, { method: "POST", headers: cookieSession, body: JSON.stringify(body) });
  if (!response.ok) throw await APIError.from(response);
  const text = await response.text();
  return (text === "" ? undefined : JSON.parse(text)) as Value;
}

/** Ends sessions as the signed-in user, the cookie of this one included. */
async function endSession(method: "POST" | "DELETE", path: string, body: unknown): Promise<void> {
  await authorizedFetch(path, { method, headers: cookieSession, body: JSON.stringify(body) });
}

export const accounts = {
  async status(): Promise<ServerStatus> {
    const response = await rawFetch("/auth/status", { headers: { Accept: "application/json" } });
    if (!response.ok) throw await APIError.from(response);
    return (await response.json()) as ServerStatus;
  },
  register: (email: string, password: string, displayName: string) =>
    post<SessionTokens>("/auth/register", { email, password, display_name: displayName }),
  signIn: (email: string, password: string) => post<SessionTokens>("/auth/login", { email, password }),
  refresh: () => post<SessionTokens>("/auth/refresh", {}),
  me: () => getJSON<User>("/users/me"),
  signOut: () => post<void>("/auth/logout", {}),
  signOutEverywhere: () => endSession("POST", "/auth/logout-all", {}),
  /** Every other session ends. */
  changePassword: (before: string, after: string) =>
    sendJSON<void>("POST", "/users/me/password", { current_password: before, new_password: after }),
  async removeAccount(password: string): Promise<void> {
    await endSession("DELETE", "/users/me", { password });
    // The cookie belongs to the folder of sign-in and sign-out, so only an answer from there can take it away.
    await post<void>("/auth/logout", {}).catch(() => undefined);
  },
  rename: (displayName: string) => sendJSON<User>("PATCH", "/users/me", { display_name: displayName }),
};
