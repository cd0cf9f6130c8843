import { location, navigate, putAway, withParameters } from "../routing/location";

/** Which tab the panel beside the page shows, and what of: `?panel=document:7`. */
export interface PanelAddress {
  kind: string;
  about: string | null;
}

type Values = Readonly<Record<string, string | number | null | undefined>>;

export function panelIn(query: URLSearchParams): PanelAddress | null {
  const value = query.get("panel");
  if (value === null) return null;
  const colon = value.indexOf(":");
  return colon < 0 ? { kind: value, about: null } : { kind: value.slice(0, colon), about: value.slice(colon + 1) };
}

/** The address of this page with a panel beside it. */
export function panelPath(kind: string, about: string | null, values: Values = {}): string {
  return withParameters(location.get().query, { ...values, panel: about === null ? kind : `${kind}:${about}` });
}

/** Shows something beside this page. The first of it is an entry of the history; what takes its place is not. */
export function openPanel(kind: string, about: string | null, values: Values = {}, state?: unknown): void {
  const { query, state: before } = location.get();
  const open = new URLSearchParams(query).has("panel");
  navigate(panelPath(kind, about, values), { state: state === undefined ? before : state, ...(open ? { replace: true } : { overlay: "panel" }) });
}

/** Puts the panel away, with those parameters that were about it. */
export function closePanel(parameters: readonly string[]): void {
  putAway("panel", ["panel", ...parameters]);
}
