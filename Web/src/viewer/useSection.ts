import { RefObject, useCallback, useEffect, useState } from "react";

/** Farther than this from where a heading was gone to, in CSS pixels, the reader has scrolled on. */
const slack = 60;

/**
 * Which section the reader is in: the one just gone to until they scroll on, then the one that the view shows.
 * A short section near the end of a document cannot be scrolled to the top, and is named all the same.
 */
export function useSection(scroller: RefObject<HTMLElement>, seen: number | null): { section: number | null; choose: (index: number) => void; settle: () => void } {
  const [chosen, setChosen] = useState<{ index: number; top: number } | null>(null);
  useEffect(() => {
    const host = scroller.current;
    if (!host || chosen === null) return undefined;
    const look = () => {
      if (Math.abs(host.scrollTop - chosen.top) > slack) setChosen(null);
    };
    host.addEventListener("scroll", look, { passive: true });
    return () => host.removeEventListener("scroll", look);
  }, [scroller, chosen]);
  const choose = useCallback((index: number) => setChosen({ index, top: scroller.current?.scrollTop ?? 0 }), [scroller]);
  /** The view has arrived at the chosen heading. */
  const settle = useCallback(() => setChosen((before) => (before ? { ...before, top: scroller.current?.scrollTop ?? 0 } : null)), [scroller]);
  return { section: chosen?.index ?? seen, choose, settle };
}
