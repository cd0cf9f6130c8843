import type { SessionTokens } from "./accounts";
import { authorizedFetch, call, patientFetch, rawFetch, readAnswer } from "./client";
import { APIError } from "./errors";
import type { AuthorizationView, CallbackView, IdentitiesView, LinkedIdentity, SignInProvider } from "./generated/schemas";
import { addressOf } from "./routes";

/** A service by which one may sign in. */
export type Provider = SignInProvider;
/** An account elsewhere by which one signs in here. */
export type Identity = LinkedIdentity;
export type WaysIn = IdentitiesView;
export type { SessionTokens };

/** What an answer of a provider brings in the address. */
export interface ProviderAnswer {
  provider: string;
  state: string;
  code?: string;
  iss?: string;
  error?: string;
  second_factor?: string;
}

/** The secret that ties the way there to the way back goes into a cookie, out of scripts' reach. */
const headers = { "X-LM-Session": "cookie", "Content-Type": "application/json", Accept: "application/json" };

async function answered<Value>(response: Response): Promise<Value> {
  if (!response.ok) throw await APIError.from(response);
  return readAnswer<Value>(response);
}

export const federation = {
  async providers(signal: AbortSignal): Promise<readonly Provider[]> {
    const response = await patientFetch(addressOf("GET /auth/providers"), { headers: { Accept: "application/json" }, signal });
    return (await answered<{ data: Provider[] }>(response)).data;
  },
  /** Where the browser goes to sign in. */
  async begin(provider: string, page: string, invitation: string | null): Promise<string> {
    const body = JSON.stringify({ provider, return_to: page, ...(invitation === null ? {} : { invitation }) });
    return (await answered<AuthorizationView>(await rawFetch(addressOf("POST /auth/authorize"), { method: "POST", headers, body }))).address;
  },
  /** The same for who is signed in, and links an account elsewhere, wants a password, or proves by it that it is they. */
  async beginAs(purpose: "link" | "password" | "prove", provider: string, page: string, proof: { password?: string; code?: string } = {}): Promise<string> {
    const body = JSON.stringify({ provider, purpose, return_to: page, ...proof });
    return (await readAnswer<AuthorizationView>(await authorizedFetch(addressOf("POST /auth/authorize"), { method: "POST", headers, body }))).address;
  },
  /** Back from there. Who is signed in comes as they are. */
  async complete(answer: ProviderAnswer, signedIn: boolean): Promise<CallbackView> {
    const send = signedIn ? authorizedFetch : rawFetch;
    return answered<CallbackView>(await send(addressOf("POST /auth/callback"), { method: "POST", headers, body: JSON.stringify(answer) }));
  },
  ways: (signal: AbortSignal) => call("GET /users/me/identities", { signal }),
  unlink: (id: string, proof: { password?: string; code?: string } = {}) => call("DELETE /users/me/identities/{id}", { path: { id }, body: proof }),
};
