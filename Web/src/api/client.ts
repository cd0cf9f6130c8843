import { baseURL } from "../routing/base";
import { reachable } from "./connection";
import { APIError, ConnectionError, isAbort } from "./errors";
import { currentToken, renewToken } from "./tokens";

export function apiURL(path: string): string {
  return new URL(`api/v1${path}`, baseURL).href;
}

/** `fetch` that turns a failed connection into `ConnectionError` and leaves an abort alone. */
export async function rawFetch(path: string, init: RequestInit = {}): Promise<Response> {
  try {
    const response = await fetch(apiURL(path), { credentials: "same-origin", ...init });
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
export async function authorizedFetch(path: string, init: RequestInit = {}): Promise<Response> {
  let response = await rawFetch(path, withToken(init, currentToken()));
  if (response.status === 401 && (await renewToken())) {
    response = await rawFetch(path, withToken(init, currentToken()));
  }
  if (!response.ok) throw await APIError.from(response);
  return response;
}

function withToken(init: RequestInit, token: string | null): RequestInit {
  const headers = new Headers(init.headers);
  if (token !== null) headers.set("Authorization", `Bearer ${token}`);
  return { ...init, headers };
}

export async function getJSON<Value>(path: string, signal?: AbortSignal): Promise<Value> {
  const response = await authorizedFetch(path, { headers: { Accept: "application/json" }, ...(signal ? { signal } : {}) });
  return (await response.json()) as Value;
}

type Method = "POST" | "PATCH" | "PUT" | "DELETE";

/** Sends JSON and reads JSON; an empty answer is `undefined`. */
export async function sendJSON<Value>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<Value> {
  const response = await authorizedFetch(path, {
    method,
    headers: { Accept: "application/json", ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  const text = await response.text();
  return (text === "" ? undefined : JSON.parse(text)) as Value;
}

/** A part of a longer list. */
export interface Page<Item> {
  data: Item[];
  pagination: { page: number; limit: number; total: number; pages: number };
}

export function queryString(values: Record<string, string | number | null | undefined>): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) if (value !== null && value !== undefined && value !== "") parameters.set(key, String(value));
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}
