import { RefObject, useEffect, useRef } from "react";

let first = true;

/**
 * Names the page in the tab and moves the focus to its heading, so that a change of page is announced.
 * The first page keeps the browser's own focus at the top.
 */
export function usePage(title: string, options: { focus?: boolean } = {}): RefObject<HTMLHeadingElement> {
  const heading = useRef<HTMLHeadingElement>(null);
  const focus = options.focus ?? true;
  useEffect(() => {
    document.title = title === "" ? "Little Monster" : `${title} · Little Monster`;
  }, [title]);
  useEffect(() => {
    if (!first && focus) heading.current?.focus({ preventScroll: true });
    first = false;
  }, [focus]);
  return heading;
}
