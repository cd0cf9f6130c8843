import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Figure } from "../api/documents";
import { t } from "../strings/t";
import { PassageNotice } from "./PassageNotice";
import { PicturePage } from "./PicturePage";
import type { QuoteMatch } from "./quoteMatch";
import type { ViewerProps } from "./ViewerProps";

interface PictureProps extends Pick<ViewerProps, "id" | "title" | "passage" | "recognised"> {
  /** How many pages the server draws; null for a picture that browsers show themselves. */
  pages: number | null;
  figures: readonly Figure[];
}

/** No figures, always the same, so that nothing is drawn anew for them. */
const none: readonly Figure[] = [];

export type Found = QuoteMatch["kind"] | "missing" | null;

/** A document that is a picture, or several, with the words that were read from it above it: for marking, selecting and reading aloud. */
export function PictureViewer({ id, title, passage, recognised, pages, figures }: PictureProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [found, setFound] = useState<ReadonlyMap<number, Found>>(new Map());
  const tell = useCallback((page: number, kind: Found) => setFound((before) => (before.get(page) === kind ? before : new Map(before).set(page, kind))), []);
  const numbers = useMemo(() => Array.from({ length: pages ?? 1 }, (_, index) => index + 1), [pages]);
  const regions = useMemo(() => numbers.map((number) => figures.filter(({ page, box }) => page === number && box)), [numbers, figures]);
  const led = passage?.page ?? null;
  useEffect(() => {
    if (led === null || numbers.length < 2) return;
    scroller.current?.querySelector(`[data-page="${led}"]`)?.scrollIntoView({ block: "start" });
  }, [led, numbers, passage]);
  // The page that the passage is on tells; on the others it is not looked for.
  const kind = found.get(led ?? 1) ?? null;
  return (
    <div className="pdf">
      <PassageNotice search={kind === null ? "none" : kind === "missing" ? "missing" : "found"} kind={kind === "missing" ? null : kind} page={numbers.length > 1 ? led : null} />
      <div className="pdf-scroller" ref={scroller} tabIndex={0} role="region" aria-label={t("viewer.pagesOf", { title })}>
        {numbers.map((number) => (
          <PicturePage
            key={number} id={id} number={number} drawn={pages !== null} title={numbers.length > 1 ? t("viewer.pageNumber", { number }) : title}
            passage={number === (led ?? 1) ? passage : null} isRecognised={recognised(number)} tell={tell} regions={regions[number - 1] ?? none}
          />
        ))}
      </div>
    </div>
  );
}
