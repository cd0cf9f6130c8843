import { RefObject, useLayoutEffect, useRef } from "react";

/** Keeps what is in the middle of the view there when the scale changes: a zoom or a turned phone loses no place. */
export function useKeptPosition(scroller: RefObject<HTMLElement>, scale: number): void {
  const before = useRef(scale);
  useLayoutEffect(() => {
    const host = scroller.current;
    if (!host || before.current === scale) return;
    const factor = scale / before.current;
    before.current = scale;
    const middle = host.clientHeight / 2;
    host.scrollTop = (host.scrollTop + middle) * factor - middle;
  }, [scroller, scale]);
}
