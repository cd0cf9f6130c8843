import { RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Message } from "../api/conversations";

interface FollowedEnd {
  scroller: RefObject<HTMLDivElement>;
  inner: RefObject<HTMLDivElement>;
  /** The end is out of view, and a way back to it is wanted. */
  away: boolean;
  toEnd: () => void;
}

/** Keeps the newest words in view unless the reader has scrolled away from them, and the reader's place when older ones come. */
export function useFollowedEnd(messages: readonly Message[]): FollowedEnd {
  const scroller = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  /** From the top of the view to the end, in CSS pixels. */
  const fromEnd = useRef(0);
  const before = useRef<readonly Message[]>([]);
  const [away, setAway] = useState(false);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    let top = element.scrollTop;
    const look = () => {
      const rest = element.scrollHeight - element.scrollTop - element.clientHeight;
      // The least scroll upwards is a wish to read there; only the end itself takes up the following again.
      if (rest < 4) following.current = true;
      else if (element.scrollTop < top - 1) following.current = false;
      top = element.scrollTop;
      fromEnd.current = element.scrollHeight - element.scrollTop;
      setAway(rest > 120 || (!following.current && rest > 40));
    };
    element.addEventListener("scroll", look, { passive: true });
    return () => element.removeEventListener("scroll", look);
  }, []);

  useLayoutEffect(() => {
    const element = scroller.current;
    const [first] = before.current;
    const older = first !== undefined && messages[0]?.id !== first.id && messages.some((message) => message.id === first.id);
    if (element && older) element.scrollTop = element.scrollHeight - fromEnd.current;
    else if (messages.length !== before.current.length) following.current = true;
    if (element && following.current && !older) element.scrollTop = element.scrollHeight;
    if (element) fromEnd.current = element.scrollHeight - element.scrollTop;
    before.current = messages;
  }, [messages]);

  // A source that opens beside the thread makes it narrower and longer, a long question makes it shorter.
  useEffect(() => {
    const element = scroller.current;
    if (!element || !inner.current) return undefined;
    let width = element.clientWidth;
    // Of the marks that lead to one source, the one that was pressed stays in view.
    let pressed: Element | null = null;
    const press = (event: Event) => {
      pressed = event.target instanceof Element ? event.target.closest("[data-cite]") : null;
    };
    element.addEventListener("click", press);
    const observer = new ResizeObserver(() => {
      if (following.current) element.scrollTop = element.scrollHeight;
      if (element.clientWidth !== width) {
        const current = pressed?.matches(".answer [aria-current]") ? pressed : element.querySelector(".answer [aria-current]");
        current?.scrollIntoView({ block: "nearest" });
      }
      width = element.clientWidth;
    });
    observer.observe(element);
    observer.observe(inner.current);
    return () => {
      element.removeEventListener("click", press);
      observer.disconnect();
    };
  }, []);

  const toEnd = () => {
    following.current = true;
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight, behavior: "smooth" });
    scroller.current?.focus({ preventScroll: true });
  };
  return { scroller, inner, away, toEnd };
}
