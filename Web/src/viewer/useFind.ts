import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { PDFDocumentProxy, textItems } from "./openPDF";
import { findAll, MatchRange } from "./quoteMatch";

export interface FoundPlace {
  page: number;
  ranges: MatchRange[];
}

export interface Find {
  /** What is looked for; null while nothing is. */
  words: string | null;
  places: FoundPlace[];
  /** Which of the places the reader is at, from 0. */
  at: number;
  /** Pages are still being read. */
  looking: boolean;
  /** Ranges to mark, by page number. */
  ranges: ReadonlyMap<number, MatchRange[]>;
  open: () => void;
  close: () => void;
  look: (words: string) => void;
  step: (by: number) => void;
}

/** More places than anyone steps through. */
const most = 1000;

/** Finds words in all pages of a PDF, those that are not drawn included. */
export function useFind(pdf: PDFDocumentProxy | null, page: number, goTo: (page: number) => void): Find {
  const [words, setWords] = useState<string | null>(null);
  const [places, setPlaces] = useState<FoundPlace[]>([]);
  const [at, setAt] = useState(0);
  const [looking, setLooking] = useState(false);
  const texts = useRef(new Map<number, string[]>());
  const here = useRef(page);
  here.current = page;

  useEffect(() => {
    texts.current.clear();
    setWords(null);
  }, [pdf]);

  useEffect(() => {
    setPlaces([]);
    setAt(0);
    if (pdf === null || words === null || words.trim() === "") return setLooking(false);
    let stopped = false;
    setLooking(true);
    void search(pdf, words, texts.current, () => stopped).then((found) => {
      if (stopped) return;
      // From the page that the reader is on, as one expects, and round to the start.
      const first = Math.max(0, found.findIndex((place) => place.page >= here.current));
      setPlaces(found);
      setAt(first);
      setLooking(false);
      const place = found[first];
      if (place) goTo(place.page);
    }, () => {
      if (!stopped) setLooking(false);
    });
    return () => {
      stopped = true;
    };
  }, [pdf, words, goTo]);

  const step = useCallback((by: number) => {
    if (places.length === 0) return;
    const next = (at + by + places.length) % places.length;
    setAt(next);
    const place = places[next];
    if (place) goTo(place.page);
  }, [places, at, goTo]);

  const ranges = useMemo(() => {
    const result = new Map<number, MatchRange[]>();
    places.forEach((place, index) => {
      const marked = place.ranges.map((range) => (index === at ? { ...range, current: true } : range));
      result.set(place.page, [...(result.get(place.page) ?? []), ...marked]);
    });
    return result;
  }, [places, at]);

  const open = useCallback(() => setWords((before) => before ?? ""), []);
  const close = useCallback(() => setWords(null), []);
  return { words, places, at, looking, ranges, open, close, look: setWords, step };
}

async function search(pdf: PDFDocumentProxy, words: string, texts: Map<number, string[]>, stopped: () => boolean): Promise<FoundPlace[]> {
  const found: FoundPlace[] = [];
  for (let page = 1; page <= pdf.numPages && found.length < most; page += 1) {
    let items = texts.get(page);
    if (items === undefined) {
      items = textItems(await (await pdf.getPage(page)).getTextContent());
      texts.set(page, items);
    }
    if (stopped()) return [];
    for (const ranges of findAll(items, words)) found.push({ page, ranges });
  }
  return found.slice(0, most);
}
