import { RefObject, useEffect, useLayoutEffect, useRef } from "react";

/** A point of the document: a page, and how far down it. */
interface Anchor {
  page: string;
  fraction: number;
}

/** Keeps what is in the middle of the view there when the scale changes: a zoom or a turned phone loses no place. */
export function useKeptPosition(scroller: RefObject<HTMLElement>, scale: number, ready: boolean): void {
  const anchor = useRef<Anchor | null>(null);

  useEffect(() => {
    const host = scroller.current;
    if (!host || !ready) return undefined;
    const look = () => {
      anchor.current = middleOf(host);
    };
    host.addEventListener("scroll", look, { passive: true });
    return () => host.removeEventListener("scroll", look);
  }, [scroller, ready]);

  // The anchor is from before the change: the browser has not yet told of the scrolling that the change itself caused.
  useLayoutEffect(() => {
    const host = scroller.current;
    const kept = anchor.current;
    const page = kept ? host?.querySelector<HTMLElement>(`[data-page="${kept.page}"]`) : null;
    if (!host || !kept || !page) return;
    const box = page.getBoundingClientRect();
    host.scrollTop += box.top + box.height * kept.fraction - middleLine(host);
  }, [scroller, scale]);
}

function middleOf(host: HTMLElement): Anchor | null {
  const line = middleLine(host);
  for (const page of host.querySelectorAll<HTMLElement>("[data-page]")) {
    const box = page.getBoundingClientRect();
    if (box.bottom >= line) return { page: page.dataset["page"] ?? "1", fraction: Math.max(0, (line - box.top) / box.height) };
  }
  return null;
}

function middleLine(host: HTMLElement): number {
  return host.getBoundingClientRect().top + host.clientHeight / 2;
}
