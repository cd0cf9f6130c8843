import type { SessionTokens } from "./accounts";
import { call, rawFetch, readAnswer } from "./client";
import { APIError } from "./errors";
import type { PasskeyCreationOptions, PasskeyCredential, PasskeyRequestOptions, PasskeyView } from "./generated/schemas";
import { addressOf } from "./routes";

export type Passkey = PasskeyView;

const bytes = (text: string): Uint8Array => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** Whether this page may ask for passkeys of the server: browsers bind them to the address that it is reached by. */
export const takesPasskeys = (origin: string | null | undefined): boolean => origin === window.location.origin && "PublicKeyCredential" in window;

/** Whether the browser makes passkeys at this address: it wants a name, and https unless it is this machine. */
export const makesPasskeys = (): boolean => "PublicKeyCredential" in window && window.isSecureContext && !/^[\d.]+$|^\[/.test(window.location.hostname);

export const passkeys = {
  list: async (signal?: AbortSignal): Promise<Passkey[]> => (await call("GET /users/me/passkeys", { signal })).data,
  begin: (password: string, code: string) =>
    call("POST /users/me/passkeys/options", { body: { ...(password === "" ? {} : { password }), ...(code.trim() === "" ? {} : { code: code.trim() }) } }),
  rename: (id: string, name: string) => call("PATCH /users/me/passkeys/{id}", { path: { id }, body: { name } }),
  remove: (id: string, password: string, code: string) =>
    call("DELETE /users/me/passkeys/{id}", { path: { id }, body: { ...(password === "" ? {} : { password }), ...(code.trim() === "" ? {} : { code: code.trim() }) } }),

  /** Has a device make one, and keeps it. */
  async add(options: PasskeyCreationOptions, name: string): Promise<Passkey> {
    const made = await navigator.credentials.create({
      publicKey: {
        ...options, attestation: "none", challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) },
        pubKeyCredParams: options.pubKeyCredParams.map(({ alg }) => ({ type: "public-key", alg })),
        excludeCredentials: options.excludeCredentials.map(({ id }) => ({ type: "public-key", id: bytes(id) })),
        authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
      },
    });
    const credential = made as PublicKeyCredential;
    const response = credential.response as AuthenticatorAttestationResponse;
    return call("POST /users/me/passkeys", {
      body: { name, credential: { id: credential.id, response: { clientDataJSON: text(response.clientDataJSON), attestationObject: text(response.attestationObject) } } },
    });
  },

  /** Makes this session one that has proved who sits here, for ten minutes. */
  async prove(): Promise<void> {
    await call("POST /users/me/proof", { body: { passkey: await use(await call("POST /users/me/proof/options", {})) } });
  },

  /** @param quietly among what the browser offers for the field, which waits until the student chooses it or it is taken back. */
  async signIn(quietly: boolean, signal?: AbortSignal): Promise<SessionTokens> {
    const options = await post<PasskeyRequestOptions>("POST /auth/passkey/options", undefined);
    return post<SessionTokens>("POST /auth/passkey", { credential: await use(options, quietly, signal) });
  },
};

/** Newer than the types that the app is checked with. */
const conditional = { mediation: "conditional" as string as CredentialMediationRequirement };

/** Whether the browser offers passkeys among what it fills in. */
export async function offersQuietly(): Promise<boolean> {
  const known = PublicKeyCredential as unknown as { isConditionalMediationAvailable?: () => Promise<boolean> };
  return (await known.isConditionalMediationAvailable?.()) ?? false;
}

async function use(options: PasskeyRequestOptions, quietly = false, signal?: AbortSignal): Promise<PasskeyCredential> {
  const used = await navigator.credentials.get({
    ...(quietly ? conditional : {}), ...(signal ? { signal } : {}),
    publicKey: {
      challenge: bytes(options.challenge), rpId: options.rpId, timeout: options.timeout, userVerification: "required",
      allowCredentials: options.allowCredentials.map(({ id }) => ({ type: "public-key", id: bytes(id) })),
    },
  });
  const credential = used as PublicKeyCredential;
  const response = credential.response as AuthenticatorAssertionResponse;
  return {
    id: credential.id,
    response: {
      clientDataJSON: text(response.clientDataJSON), authenticatorData: text(response.authenticatorData), signature: text(response.signature),
      ...(response.userHandle ? { userHandle: text(response.userHandle) } : {}),
    },
  };
}

async function post<Value>(route: "POST /auth/passkey" | "POST /auth/passkey/options", body: unknown): Promise<Value> {
  const headers = { "X-LM-Session": "cookie", "Content-Type": "application/json", Accept: "application/json" };
  const response = await rawFetch(addressOf(route), { method: "POST", headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  if (!response.ok) throw await APIError.from(response);
  return readAnswer<Value>(response);
}

/** The student put the browser's window away, or had nothing to choose: that is no failure. */
export function isPutAway(error: unknown): boolean {
  return error instanceof DOMException && ["NotAllowedError", "AbortError"].includes(error.name);
}
