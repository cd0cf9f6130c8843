import { authorizedFetch, call, rawFetch, readAnswer } from "./client";
import { APIError } from "./errors";
import type { ConfirmedEmailView, EmailView, ProfileRequest, ProfileView, StudyStandingView } from "./generated/schemas";
import { addressOf } from "./routes";

export type Profile = ProfileView;
export type ProfileChange = ProfileRequest;
export type Standing = StudyStandingView;
export type AccountEmail = EmailView;
export type AvatarColour = NonNullable<ProfileView["avatar_colour"]>;

export const avatarColours: readonly AvatarColour[] = ["blue", "green", "purple", "orange", "teal", "pink", "red", "yellow", "brown", "grey"];

const proof = (password: string, code: string) => ({ ...(password === "" ? {} : { password }), ...(code.trim() === "" ? {} : { code: code.trim() }) });

export const profiles = {
  read: (id: string, signal?: AbortSignal) => call("GET /users/{id}", { path: { id }, signal }),
  change: (id: string, change: ProfileChange) => call("PATCH /users/{id}", { path: { id }, body: change }),
  standing: (id: string, signal?: AbortSignal) => call("GET /users/{id}/stats", { path: { id }, signal }),
  email: (signal?: AbortSignal) => call("GET /users/me/email", { signal }),
  changeEmail: (email: string, password: string, code: string) => call("POST /users/me/email", { body: { email, ...proof(password, code) } }),
  keepEmail: () => call("DELETE /users/me/email", {}),
  /** Everything of one's own, as a zip. */
  async archive(password: string, code: string): Promise<Blob> {
    const headers = { "Content-Type": "application/json" };
    return (await authorizedFetch(addressOf("POST /users/me/export"), { method: "POST", headers, body: JSON.stringify(proof(password, code)) })).blob();
  },
  sendVerification: () => call("POST /users/me/email/verification", {}),
};

/** Confirms an address with the token of a one-time link, whoever is signed in here. */
export async function confirmEmail(token: string): Promise<ConfirmedEmailView> {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  const response = await rawFetch(addressOf("POST /auth/confirm-email"), { method: "POST", headers, body: JSON.stringify({ token }) });
  if (!response.ok) throw await APIError.from(response);
  return readAnswer<ConfirmedEmailView>(response);
}
