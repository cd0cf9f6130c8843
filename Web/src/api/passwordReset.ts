import type { SessionTokens } from "./accounts";
import { rawFetch, readAnswer } from "./client";
import { APIError } from "./errors";
import { addressOf } from "./routes";

/** Chooses a new password with the token of a one-time link, which signs in. */
export async function choosePassword(token: string, password: string, code: string): Promise<SessionTokens> {
  const headers = { "X-LM-Session": "cookie", "Content-Type": "application/json", Accept: "application/json" };
  const response = await rawFetch(addressOf("POST /auth/reset"), { method: "POST", headers, body: JSON.stringify({ token, password, ...(code.trim() === "" ? {} : { code: code.trim() }) }) });
  if (!response.ok) throw await APIError.from(response);
  return readAnswer<SessionTokens>(response);
}

/** Has a link to another password mailed, if there is such an account. */
export async function requestReset(email: string): Promise<void> {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  const response = await rawFetch(addressOf("POST /auth/forgot"), { method: "POST", headers, body: JSON.stringify({ email }) });
  if (!response.ok) throw await APIError.from(response);
}
