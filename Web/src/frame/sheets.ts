import { location, navigate, putAway, useLocation, withParameters } from "../routing/location";

const parameter = "sheet";

/** The sheet that an address has over its page: `?sheet=course:7` is the sheet `course` about 7. */
export function sheetIn(query: string): { name: string; about: string | null } | null {
  const value = new URLSearchParams(query).get(parameter);
  if (value === null) return null;
  const colon = value.indexOf(":");
  return colon < 0 ? { name: value, about: null } : { name: value.slice(0, colon), about: value.slice(colon + 1) };
}

/** Opens a sheet or a dialog over this page as an entry of the history, so that Back closes it. */
export function openSheet(name: string, about?: string): void {
  const { query, state, overlay } = location.get();
  const address = withParameters(query, { [parameter]: about === undefined ? name : `${name}:${about}` });
  navigate(address, { overlay: "sheet", state, replace: overlay === "sheet" });
}

export function closeSheet(): void {
  if (sheetIn(location.get().query) !== null) putAway("sheet", [parameter]);
}

/** What the open sheet of this name is about: an empty text if about nothing in particular, null while it is closed. */
export function useSheet(name: string): string | null {
  const sheet = sheetIn(useLocation().query);
  return sheet?.name === name ? sheet.about ?? "" : null;
}
