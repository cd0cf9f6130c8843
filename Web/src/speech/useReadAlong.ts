import { RefObject, useEffect, useMemo } from "react";
import { useStore } from "../state/useStore";
import { reading } from "./Reading";
import { ShownText } from "./ShownText";
import { markSpoken, unmarkSpoken } from "./spokenMark";
import { wordPlaces } from "./wordPlaces";

/** Marks the word that is being read aloud in what an element shows. Nothing of the page's own is changed by it. */
export function useReadAlong(of: string, element: RefObject<HTMLElement>): void {
  const now = useStore(reading);
  const mine = now !== null && now.of === of ? now : null;
  const words = mine?.words;
  const ranges = useMemo(() => (words && element.current ? rangesOf(element.current, words.map((each) => each.word)) : []), [words, element]);
  const range = mine ? (ranges[mine.word] ?? null) : null;

  useEffect(() => {
    if (range === null) return;
    markSpoken(range);
    return unmarkSpoken;
  }, [range]);
}

function rangesOf(element: HTMLElement, words: readonly string[]): (Range | null)[] {
  const shown = new ShownText([element]);
  return wordPlaces(shown.text, words).map((place) => (place ? shown.range(place.start, place.end) : null));
}
