import { ComponentType, lazy } from "react";
import type { Area, PageProps } from "./Area";

const known = new Map<string, ComponentType<PageProps>>();

/** A page of an area; its chunk is asked for when the page is first shown. */
export function lazyPage(area: Area, page: string): ComponentType<PageProps> {
  const key = `${area.name}/${page}`;
  const before = known.get(key);
  if (before) return before;
  const component = lazy(async () => {
    const found = (await area.load())[page];
    if (!found) throw new TypeError(`The area ${area.name} has no page ${page}.`);
    return { default: found };
  });
  known.set(key, component);
  return component;
}
