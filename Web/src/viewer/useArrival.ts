import { RefObject, useEffect, useRef } from "react";
import { location } from "../routing/location";

/**
 * Puts the keyboard into the text of a document that was just opened, where its keys scroll and turn pages.
 * The first page of all leaves it at the top, as a browser does.
 */
export function useArrival(scroller: RefObject<HTMLElement>, alone: boolean, ready: boolean): void {
  const first = useRef(location.get().visit <= 1);
  useEffect(() => {
    if (!alone || !ready || first.current) return;
    const active = document.activeElement;
    // Who writes in the panel beside it goes on writing.
    if (active === null || active === document.body || active.id === "content") scroller.current?.focus({ preventScroll: true });
  }, [scroller, alone, ready]);
}
