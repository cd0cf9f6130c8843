/**
 * The access token lives in memory only; the refresh token lives in an HttpOnly cookie that scripts cannot read.
 * Session sets how a token is renewed, so that the client does not depend on it.
 */
interface Token {
  value: string;
  expiresAt: number;
}

let token: Token | null = null;
let renewal: Promise<boolean> | null = null;
let renew: () => Promise<boolean> = () => Promise.resolve(false);

export function currentToken(): string | null {
  return token?.value ?? null;
}

export function setToken(value: string, expiresInSeconds: number): void {
  token = { value, expiresAt: Date.now() + expiresInSeconds * 1000 };
}

export function clearToken(): void {
  token = null;
}

export function onRenew(action: () => Promise<boolean>): void {
  renew = action;
}

/** Renews the token; many callers at once share one renewal. False means the session is over. */
export function renewToken(): Promise<boolean> {
  renewal ??= renew().finally(() => {
    renewal = null;
  });
  return renewal;
}

/** A token good for at least another minute, for requests that cannot be repeated cheaply. */
export async function freshToken(): Promise<string | null> {
  if (token === null || token.expiresAt - Date.now() < 60_000) await renewToken();
  return currentToken();
}
