import { RefObject, useLayoutEffect, useState } from "react";

/** The inner width of an element, as it changes; small changes of a scroll bar are let pass. */
export function useWidth(element: RefObject<HTMLElement>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return undefined;
    const look = () => setWidth((before) => (Math.abs(before - target.clientWidth) < 2 ? before : target.clientWidth));
    const observer = new ResizeObserver(look);
    observer.observe(target);
    look();
    return () => observer.disconnect();
  }, [element]);
  return width;
}
