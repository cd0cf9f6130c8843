import { useEffect } from "react";
import { useMediaQuery } from "../design/useMediaQuery";

/** Whether the rail has no room, and the bar at the foot stands in for it. */
export function useSmallScreen(): boolean {
  return !useMediaQuery("(min-width: 56rem)");
}

/** Less than this share of the window is left over by a keyboard on the screen. */
const covered = 0.75;

/** Marks the page while a keyboard on the screen covers a part of it, so that the bar makes way. */
export function useScreenKeyboard(): void {
  useEffect(() => {
    const viewport = window.visualViewport;
    if (!viewport) return undefined;
    const look = () => {
      const open = viewport.scale < 1.05 && viewport.height < window.innerHeight * covered;
      document.documentElement.toggleAttribute("data-keyboard", open);
    };
    viewport.addEventListener("resize", look);
    return () => {
      viewport.removeEventListener("resize", look);
      document.documentElement.removeAttribute("data-keyboard");
    };
  }, []);
}
