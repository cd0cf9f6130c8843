import { RefObject, useEffect } from "react";

/**
 * Ctrl F looks through the whole document, of which the browser's own search sees only the pages that are drawn.
 * Beside a conversation it does so only while the document has the focus. Pressed again, the browser's search opens.
 */
export function useFindKey(host: RefObject<HTMLElement>, alone: boolean, open: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "f" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      const focused = document.activeElement;
      const within = host.current?.closest(".viewer")?.contains(focused) ?? false;
      if ((!alone && !within) || focused?.closest(".find-bar") || host.current === null) return;
      event.preventDefault();
      open();
      host.current.querySelector<HTMLInputElement>(".find-bar input")?.select();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [host, alone, open]);
}
