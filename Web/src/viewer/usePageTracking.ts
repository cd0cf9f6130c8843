import { RefObject, useCallback, useEffect, useState } from "react";
import type { ReadingPosition } from "./readingPositions";

/** Above the page that is gone to, in CSS pixels. */
const margin = 12;

interface Tracking {
  /** The page in the middle of the view. */
  page: number;
  /** The pages in view or about to be. */
  near: ReadonlySet<number>;
  /** Shows a page from its top, or from as far down as a fraction says. */
  goTo: (page: number, fraction?: number) => void;
  /** The point of the document at the top of the view. */
  top: () => ReadingPosition | null;
}

/** Follows which pages are in view. */
export function usePageTracking(scroller: RefObject<HTMLElement>, pages: number): Tracking {
  const [page, setPage] = useState(1);
  const [near, setNear] = useState<ReadonlySet<number>>(new Set());

  useEffect(() => {
    const host = scroller.current;
    if (!host || pages === 0) return undefined;
    const inView = new Set<number>();
    const observer = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        const number = Number((entry.target as HTMLElement).dataset["page"]);
        if (entry.isIntersecting) inView.add(number);
        else inView.delete(number);
      }
      setNear(new Set(inView));
    }, { root: host, rootMargin: "60% 0px" });
    const observe = () => host.querySelectorAll("[data-page]").forEach((element) => observer.observe(element));
    const mutations = new MutationObserver(observe);
    mutations.observe(host, { childList: true });
    observe();
    const look = () => {
      const middle = host.getBoundingClientRect().top + host.clientHeight * 0.4;
      for (const element of host.querySelectorAll<HTMLElement>("[data-page]")) {
        if (element.getBoundingClientRect().bottom >= middle) {
          setPage(Number(element.dataset["page"]));
          return;
        }
      }
    };
    host.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      mutations.disconnect();
      host.removeEventListener("scroll", look);
    };
  }, [scroller, pages]);

  const goTo = useCallback((wanted: number, fraction = 0) => {
    const number = Math.min(Math.max(wanted, 1), Math.max(pages, 1));
    const host = scroller.current;
    const element = host?.querySelector<HTMLElement>(`[data-page="${number}"]`);
    if (host && element) {
      const box = element.getBoundingClientRect();
      host.scrollTop += box.top + box.height * fraction - host.getBoundingClientRect().top - margin;
    }
    setPage(number);
  }, [scroller, pages]);

  const top = useCallback(() => {
    const host = scroller.current;
    if (!host) return null;
    const line = host.getBoundingClientRect().top + margin;
    for (const element of host.querySelectorAll<HTMLElement>("[data-page]")) {
      const box = element.getBoundingClientRect();
      if (box.bottom > line) return { page: Number(element.dataset["page"]), fraction: Math.max(0, (line - box.top) / box.height) };
    }
    return null;
  }, [scroller]);

  return { page, near, goTo, top };
}
