import { RefObject, useEffect, useRef } from "react";

let first = true;

/**
 * Names the page in the tab and moves the focus to its heading, so that a change of page is announced.
 * Where there is one thing to do, `target`, a mouse and keyboard go there instead; on a touch screen that would raise the keyboard.
 * The first page keeps the browser's own focus at the top.
 */
export function usePage(title: string, options: { focus?: boolean; target?: RefObject<HTMLElement> } = {}): RefObject<HTMLHeadingElement> {
  const heading = useRef<HTMLHeadingElement>(null);
  const focus = options.focus ?? true;
  const { target } = options;
  useEffect(() => {
    document.title = title === "" ? "Little Monster" : `${title} · Little Monster`;
  }, [title]);
  useEffect(() => {
    const aim = window.matchMedia("(pointer: fine)").matches ? target?.current ?? heading.current : heading.current;
    if (!first && focus) aim?.focus({ preventScroll: true });
    first = false;
  }, [focus, target]);
  return heading;
}
