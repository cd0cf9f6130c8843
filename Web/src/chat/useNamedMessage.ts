import { RefObject, useEffect, useRef } from "react";
import { useLocation } from "../routing/location";
import { useStore } from "../state/useStore";
import type { Thread } from "./Thread";

/** Brings the message that the address names into view, once; of a long conversation what comes before is read until it is there. */
export function useNamedMessage(thread: Thread, scroller: RefObject<HTMLElement>): void {
  const named = new URLSearchParams(useLocation().query).get("message");
  const { messages, phase, earlier } = useStore(thread.store);
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (named === null || shown.current === named || phase !== "ready") return undefined;
    if (!messages.some(({ id }) => id === named)) {
      if (earlier === "there") void thread.loadEarlier();
      return undefined;
    }
    shown.current = named;
    // After the conversation has scrolled to its end by itself.
    const frame = window.requestAnimationFrame(() => {
      const message = scroller.current?.querySelector<HTMLElement>(`[data-message="${CSS.escape(named)}"]`);
      message?.scrollIntoView({ block: "center" });
      message?.focus({ preventScroll: true });
    });
    return () => window.cancelAnimationFrame(frame);
  }, [named, messages, phase, earlier, thread, scroller]);
}
