import { baseURL } from "../routing/base";
import { reachable } from "./connection";
import { APIError, ConnectionError, isAbort } from "./errors";
import { addressOf, Answer, Input, methodOf, Route } from "./routes";
import { currentToken, renewToken } from "./tokens";

export function apiURL(address: string): string {
  return new URL(`api/v1${address}`, baseURL).href;
}

/** `fetch` that turns a failed connection into `ConnectionError` and leaves an abort alone. */
export async function rawFetch(address: string, init: RequestInit = {}): Promise<Response> {
  try {
    const response = await fetch(apiURL(address), { credentials: "same-origin", ...init });
    // A proxy answers in place of a server that is gone.
    reachable.set(response.status !== 502 && response.status !== 504);
    return response;
  } catch (error) {
    if (isAbort(error)) throw error;
    reachable.set(false);
    throw new ConnectionError();
  }
}

/** Sends a request as the signed-in user; an expired token is renewed once. Throws `APIError` for an error answer. */
export async function authorizedFetch(address: string, init: RequestInit = {}): Promise<Response> {
  let response = await rawFetch(address, withToken(init, currentToken()));
  if (response.status === 401 && (await renewToken())) {
    response = await rawFetch(address, withToken(init, currentToken()));
  }
  if (!response.ok) throw await APIError.from(response);
  return response;
}

function withToken(init: RequestInit, token: string | null): RequestInit {
  const headers = new Headers(init.headers);
  if (token !== null) headers.set("Authorization", `Bearer ${token}`);
  return { ...init, headers };
}

export interface CallOptions {
  signal?: AbortSignal | undefined;
  /** Goes on even when the page is being closed. */
  keepalive?: boolean;
}

/** Calls a route as the signed-in user; the types are those that the server describes. */
export async function call<R extends Route>(route: R, input: Input<R> & CallOptions): Promise<Answer<R>> {
  const { body, signal, keepalive } = input as CallOptions & { body?: unknown };
  const response = await authorizedFetch(addressOf(route, input as never), {
    method: methodOf(route),
    headers: { Accept: "application/json", ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
    ...(keepalive ? { keepalive } : {}),
  });
  return readAnswer<Answer<R>>(response);
}

/** Reads JSON; an empty answer is `undefined`. */
export async function readAnswer<Value>(response: Response): Promise<Value> {
  const text = await response.text();
  return (text === "" ? undefined : JSON.parse(text)) as Value;
}
