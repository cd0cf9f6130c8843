import type { Routes } from "./generated/schemas";

/** A route of the API, "GET /documents/{id}". */
export type Route = keyof Routes;
export type Answer<R extends Route> = Routes[R]["answer"];

/** What a route is given: what its address needs, and its body. What may be left out altogether may be. */
export type Input<R extends Route> = Given<Routes[R], "path"> & Given<Routes[R], "query"> & Given<Routes[R], "body">;

type Given<Declared, Part extends string> = Part extends keyof Declared
  ? Record<string, never> extends Declared[Part] ? { [Name in Part]?: Declared[Part] } : { [Name in Part]: Declared[Part] }
  : unknown;

type Values = Record<string, string | number | boolean | null | undefined>;

/** The address of a route below the API's root, its parameters filled in. */
export function addressOf<R extends Route>(route: R, ...[input]: Needed<R>): string {
  const { path = {}, query = {} } = (input ?? {}) as { path?: Values; query?: Values };
  const template = route.slice(route.indexOf(" ") + 1);
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name] ?? ""))) + queryString(query);
}

/** Nothing, where a route's address needs nothing. */
type Needed<R extends Route> = Record<string, never> extends Omit<Input<R>, "body"> ? [input?: Omit<Input<R>, "body">] : [input: Omit<Input<R>, "body">];

export function methodOf(route: Route): string {
  return route.slice(0, route.indexOf(" "));
}

/** Leaves out what is nothing, so that equal questions have equal addresses. */
export function queryString(values: Values): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) if (value !== null && value !== undefined && value !== "") parameters.set(key, String(value));
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}
