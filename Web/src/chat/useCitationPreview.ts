import { FocusEvent, MouseEvent, useCallback, useEffect, useRef, useState } from "react";
import type { Citation } from "../api/conversations";

/** A citation and the number in the answer that names it. */
export interface CitedNumber {
  citation: Citation;
  anchor: HTMLElement;
}

/** Time for the pointer to cross from a number to its preview, in milliseconds. */
const crossing = 200;

/**
 * Shows a source's passage while its number, or the preview itself, is pointed at or has the keyboard's focus.
 * Escape takes it away wherever the focus is.
 */
export function useCitationPreview(cited: (target: EventTarget) => CitedNumber | null) {
  const [preview, setPreview] = useState<CitedNumber | null>(null);
  const timer = useRef(0);
  const hide = useCallback(() => {
    window.clearTimeout(timer.current);
    setPreview(null);
  }, []);
  const show = (hit: CitedNumber) => {
    window.clearTimeout(timer.current);
    setPreview(hit);
  };
  const leave = () => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setPreview(null), crossing);
  };

  useEffect(() => () => window.clearTimeout(timer.current), []);
  useEffect(() => {
    if (preview === null) return undefined;
    const press = (event: KeyboardEvent) => {
      if (event.key === "Escape") hide();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [preview, hide]);

  const point = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest(".citation-preview")) return window.clearTimeout(timer.current);
    const hit = cited(event.target);
    if (hit) show(hit);
    else leave();
  };
  const focus = (event: FocusEvent) => {
    // A finger that closes a source gives the focus back to its number, and asked for no preview.
    const hit = event.target.matches(":focus-visible") ? cited(event.target) : null;
    if (hit) show(hit);
  };
  return { preview, hide, handlers: { onMouseOver: point, onMouseLeave: leave, onFocus: focus, onBlur: hide } };
}
