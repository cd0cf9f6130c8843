import { call } from "./client";
import type { NewPersonalToken, PersonalToken } from "./generated/schemas";

/** A token that a program of one's own has. */
export type Token = PersonalToken;

export const personalTokens = {
  list: async (signal: AbortSignal): Promise<readonly Token[]> => (await call("GET /users/me/tokens", { signal })).data,
  /** The token itself is told this once. */
  make: (wish: NewPersonalToken) => call("POST /users/me/tokens", { body: wish }),
  remove: (id: string) => call("DELETE /users/me/tokens/{id}", { path: { id } }),
};
