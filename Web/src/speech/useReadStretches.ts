import { RefObject, useCallback, useEffect, useRef } from "react";
import { useStore } from "../state/useStore";
import { endReading, readAloud, Reading, reading } from "./Reading";
import { ShownText } from "./ShownText";
import { markSpoken, unmarkSpoken } from "./spokenMark";
import { wordPlaces } from "./wordPlaces";

/** A part of a document that is read aloud in one go. */
export interface Stretch {
  /** Plain, or Markdown. */
  text: string;
  /** What shows it; nothing while that is not drawn. */
  elements: () => readonly Element[];
  /** Where it begins in what they show, where not at the beginning. */
  from?: Range;
}

/** Reads a document aloud, stretch after stretch, and marks the word that is being said. It ends when the document is left. */
export function useReadStretches(of: string): (first: Stretch, readOn?: () => Promise<Stretch | null>) => void {
  const stretch = useRef<Stretch | null>(null);
  useMark(of, stretch);
  useEffect(() => () => {
    if (reading.get()?.of === of) endReading();
  }, [of]);
  return useCallback((first, readOn) => {
    stretch.current = first;
    const next = async () => {
      stretch.current = (await readOn?.()) ?? null;
      return stretch.current ? { text: stretch.current.text } : null;
    };
    void readAloud(of, { text: first.text }, next);
  }, [of]);
}

function useMark(of: string, stretch: RefObject<Stretch | null>): void {
  const now = useStore(reading);
  const known = useRef<Places | null>(null);
  const mine = now !== null && now.of === of ? now : null;
  const [word, words] = [mine?.word ?? -1, mine?.words];
  useEffect(() => {
    if (!words || word < 0 || !stretch.current) return;
    if (known.current?.isOf(stretch.current, words) !== true) known.current = new Places(stretch.current, words);
    const range = known.current.range(word);
    if (range === null) return;
    markSpoken(range);
    return unmarkSpoken;
  }, [word, words, stretch]);
}

/** Where the words of a stretch are shown. */
class Places {
  private readonly shown: ShownText;
  private readonly places: ReturnType<typeof wordPlaces>;
  private readonly start: number;

  constructor(private readonly stretch: Stretch, private readonly words: Reading["words"]) {
    this.shown = new ShownText(stretch.elements());
    this.start = stretch.from ? (this.shown.placeOf(stretch.from.startContainer, stretch.from.startOffset) ?? 0) : 0;
    this.places = wordPlaces(this.shown.text.slice(this.start), words.map(({ word }) => word));
  }

  /** Whether they are still there. */
  isOf(stretch: Stretch, words: Reading["words"]): boolean {
    return this.stretch === stretch && this.words === words && this.shown.isShown;
  }

  range(word: number): Range | null {
    const place = this.places[word];
    return place ? this.shown.range(this.start + place.start, this.start + place.end) : null;
  }
}
