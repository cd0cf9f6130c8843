import { RefObject, useEffect } from "react";
import { endReading, pauseReading, reading, resumeReading } from "../speech/Reading";
import type { DocumentReader } from "./ReadAloudControl";

/** While the document has the focus, R reads it aloud, pauses and goes on, and Escape ends that. */
export function useReadAloudKeys(host: RefObject<HTMLElement>, reader: DocumentReader | null): void {
  useEffect(() => {
    const element = host.current;
    if (!element || !reader) return undefined;
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
      const now = reading.get();
      const mine = now?.of === reader.of ? now : null;
      if (event.key.toLowerCase() === "r") {
        if (mine === null) reader.read();
        else if (mine.state === "playing") pauseReading();
        else resumeReading();
      } else if (event.key === "Escape" && mine !== null) endReading();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    element.addEventListener("keydown", press);
    return () => element.removeEventListener("keydown", press);
  }, [host, reader]);
}
