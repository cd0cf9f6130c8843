import { baseURL } from "../routing/base";
import { Answers } from "./Answers";
import { live, reachable, untilReachable } from "./connection";
import { EventGate } from "./EventGate";
import { APIError, ConnectionError, isAbort } from "./errors";
import { Patience } from "./Patience";
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

const patience = new Patience();

/** Like `rawFetch`, and waits out what the server asks for with Retry-After. */
export function patientFetch(address: string, init: RequestInit = {}): Promise<Response> {
  const repeatable = init.method === undefined || init.method === "GET";
  return patience.send(() => rawFetch(address, init), repeatable, init.signal ?? undefined);
}

/** Sends a request as the signed-in user; an expired token is renewed once. Throws `APIError` for an error answer. */
export async function authorizedFetch(address: string, init: RequestInit = {}): Promise<Response> {
  const token = currentToken();
  let response = await patientFetch(address, withToken(init, token));
  // Another request, or another tab, may have renewed it meanwhile.
  if (response.status === 401 && (currentToken() !== token || (await renewToken()))) {
    response = await patientFetch(address, withToken(init, currentToken()));
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

export const eventGate = new EventGate();

const answers = new Answers(async (address, signal) => {
  for (;;) {
    try {
      return await readAnswer(await authorizedFetch(address, { headers: { Accept: "application/json" }, signal }));
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      // A lost connection is told once, by the banner; what was asked for comes when it is back.
      await untilReachable(signal);
    }
  }
});

/** Parts of the API of whose changes the server tells: the address, and the domain of the events. */
const told = new Map<string, string>();

/** Keeps the answers below an address until an event of the domain, or a change from here, says that they are old. */
export function keepUntilTold(address: string, domain: string): void {
  told.set(address, domain);
}

/** Something of a domain has changed: `document`, of `document.completed`. */
export function forgetAnswersOf(domain: string): void {
  for (const [address, each] of told) if (each === domain) answers.forget(address);
}

/** The server may have changed anything, or somebody else is going to ask. */
export function forgetAnswers(): void {
  answers.forgetAll();
}

/** Calls a route as the signed-in user; the types are those that the server describes. Equal questions at once are one request. */
export async function call<R extends Route>(route: R, input: Input<R> & CallOptions): Promise<Answer<R>> {
  const address = addressOf(route, input as never);
  const { signal } = input as CallOptions;
  if (methodOf(route) !== "GET") return change(route, address, input as CallOptions);
  await eventGate.pass(signal ?? undefined);
  const keep = live.get() && told.has(firstFolder(address));
  return (await answers.get(address, keep, signal ?? undefined)) as Answer<R>;
}

async function change<R extends Route>(route: R, address: string, { body, signal, keepalive }: CallOptions & { body?: unknown }): Promise<Answer<R>> {
  try {
    const response = await authorizedFetch(address, {
      method: methodOf(route),
      headers: { Accept: "application/json", ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
      ...(keepalive ? { keepalive } : {}),
    });
    return await readAnswer<Answer<R>>(response);
  } finally {
    // Also one that failed may have changed something.
    answers.forget(firstFolder(address));
  }
}

/** "/documents" of "/documents/7?page=1": what belongs together. */
function firstFolder(address: string): string {
  return /^\/[^/?]*/.exec(address)?.[0] ?? address;
}

/** Reads JSON; an empty answer is `undefined`. */
export async function readAnswer<Value>(response: Response): Promise<Value> {
  const text = await response.text();
  return (text === "" ? undefined : JSON.parse(text)) as Value;
}
