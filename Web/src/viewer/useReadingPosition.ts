import { RefObject, useEffect } from "react";
import { ReadingPosition, recallPosition, rememberPosition } from "./readingPositions";

/** The reader rests for this many milliseconds before their place is written down. */
const rest = 250;

interface ReadingOptions {
  /** null where the place is not kept, as beside an answer. */
  id: string | null;
  scroller: RefObject<HTMLElement>;
  ready: boolean;
  /** The address or a citation says where to look. */
  led: boolean;
  look: () => ReadingPosition | null;
  go: (position: ReadingPosition) => void;
}

/** Opens a document where it was left. `look` and `go` must not change from one drawing to the next. */
export function useReadingPosition({ id, scroller, ready, led, look, go }: ReadingOptions): void {
  useEffect(() => {
    if (id === null || !ready || led) return;
    const position = recallPosition(id);
    if (position) go(position);
  }, [id, ready, led, go]);

  useEffect(() => {
    const host = scroller.current;
    if (id === null || !ready || !host) return undefined;
    let timer = 0;
    let last: ReadingPosition | null = null;
    const write = () => {
      window.clearTimeout(timer);
      if (last) rememberPosition(id, last);
      last = null;
    };
    const follow = () => {
      last = look();
      window.clearTimeout(timer);
      timer = window.setTimeout(write, rest);
    };
    host.addEventListener("scroll", follow, { passive: true });
    window.addEventListener("pagehide", write);
    return () => {
      host.removeEventListener("scroll", follow);
      window.removeEventListener("pagehide", write);
      write();
    };
  }, [id, scroller, ready, look]);
}
