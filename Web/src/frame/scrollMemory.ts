import { useEffect, useLayoutEffect, useRef } from "react";
import { location, onLeave, useLocation } from "../routing/location";

/** How far each history entry's page was scrolled, in CSS pixels. */
const places = new Map<string, number>();

/** A list may still be on its way when Back leads to it: so long, in milliseconds, its place is waited for. */
const patience = 3000;

/**
 * Keeps how far the page was scrolled with the history entry. Back finds the place again, another page begins at its top,
 * and what only opens over the page moves nothing.
 */
export function useScrollMemory(scroller: () => HTMLElement | null): void {
  const { entry, path, returned, visit } = useLocation();
  const shown = useRef<string | null>(null);
  useEffect(() => onLeave((from) => {
    const element = scroller();
    if (element) places.set(from.entry, element.scrollTop);
  }), [scroller]);
  useLayoutEffect(() => {
    const element = scroller();
    const samePage = shown.current === path;
    shown.current = path;
    // A panel or a filter is a move within the page.
    if (!element || (samePage && !returned)) return undefined;
    const wanted = returned ? places.get(entry) ?? 0 : 0;
    element.scrollTop = wanted;
    if (element.scrollTop >= wanted - 1) return undefined;
    return scrollWhenTall(element, wanted);
  }, [scroller, path, entry, returned, visit]);
}

/** Tries again as the content grows, until it is tall enough or the reader scrolls. */
function scrollWhenTall(element: HTMLElement, wanted: number): () => void {
  const stop = () => {
    observer.disconnect();
    window.clearTimeout(timer);
    for (const kind of ["wheel", "touchstart", "keydown"]) element.removeEventListener(kind, stop);
  };
  const observer = new MutationObserver(() => {
    element.scrollTop = wanted;
    if (element.scrollTop >= wanted - 1) stop();
  });
  observer.observe(element, { childList: true, subtree: true });
  const timer = window.setTimeout(stop, patience);
  for (const kind of ["wheel", "touchstart", "keydown"]) element.addEventListener(kind, stop, { passive: true });
  return stop;
}

/** Begins the list that the page shows from its top. */
export function scrollToTop(): void {
  places.delete(location.get().entry);
  document.getElementById("content")?.scrollTo({ top: 0 });
}
