import type { Area, AreaRoute, Params, Place } from "./Area";

/** A pattern's parameters as a path fills them in; null where it does not fit. */
export function matchPattern(pattern: string, path: string): Params | null {
  const wanted = partsOf(pattern);
  const given = partsOf(path).map(decoded);
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? "";
    if (part.startsWith(":")) params[part.slice(1)] = value;
    else if (part !== value) return null;
  }
  return params;
}

/** Which page an address names; null for one that names none. */
export function placeAt(areas: readonly Area[], path: string, query: string): { place: Place; area: Area; route: AreaRoute } | null {
  for (const area of areas) {
    for (const route of area.routes) {
      const params = matchPattern(route.pattern, path);
      if (params) return { area, route, place: { area: area.name, page: route.page, params, query: new URLSearchParams(query) } };
    }
  }
  return null;
}

/** Where an address of before leads now; null for one that is none. */
export function redirectFrom(areas: readonly Area[], path: string, query: string): string | null {
  for (const { redirects } of areas) {
    for (const { pattern, to } of redirects ?? []) {
      const params = matchPattern(pattern, path);
      if (params) return to(params, new URLSearchParams(query));
    }
  }
  return null;
}

function partsOf(path: string): string[] {
  return path.split("/").filter((part) => part !== "");
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
