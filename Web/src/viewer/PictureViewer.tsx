import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { documents, RecognisedPage } from "../api/documents";
import { describe } from "../api/errors";
import { Loading, Problem } from "../design/Notice";
import { t } from "../strings/t";
import { clearMarks, drawMarks } from "./highlight";
import { PassageNotice } from "./PassageNotice";
import { matchQuote, QuoteMatch } from "./quoteMatch";
import { useWidth } from "./useWidth";
import type { ViewerProps } from "./ViewerProps";

type Shown = Pick<ViewerProps, "id" | "title" | "passage" | "recognised">;

/** A document that is a picture, with the words that were read from it above it: for marking, selecting and reading aloud. */
export function PictureViewer({ id, title, passage, recognised }: Shown) {
  const [address, setAddress] = useState<string | null>(null);
  const [words, setWords] = useState<RecognisedPage | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [kind, setKind] = useState<QuoteMatch["kind"] | "missing" | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);

  useEffect(() => {
    const controller = new AbortController();
    let made: string | null = null;
    setProblem(null);
    documents.file(id, { signal: controller.signal }).then((response) => response.blob()).then((blob) => {
      if (controller.signal.aborted) return;
      made = URL.createObjectURL(blob);
      setAddress(made);
    }).catch((error: unknown) => {
      if (!controller.signal.aborted) setProblem(describe(error));
    });
    return () => {
      controller.abort();
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [id, attempt]);

  useEffect(() => {
    setWords(null);
    if (!recognised(1)) return undefined;
    const controller = new AbortController();
    // Without its words the picture is still worth seeing.
    documents.words(id, 1, controller.signal).then(setWords, () => undefined);
    return () => controller.abort();
  }, [id, recognised]);

  const items = (words?.lines ?? []).flatMap((line) => line.words.map((word, index) => ({ ...word, text: index + 1 < line.words.length ? `${word.text} ` : word.text })));
  useLayoutEffect(() => {
    if (layer.current === null || words === null || passage === null) return;
    const elements = [...layer.current.querySelectorAll<HTMLElement>("span")];
    clearMarks(elements);
    if (passage.texts.length === 0) return setKind(null);
    const texts = items.map((item) => item.text);
    const matches = passage.texts.map((text) => matchQuote(texts, text));
    const match = matches.find((each) => each?.kind === "exact") ?? matches.find((each) => each !== null) ?? null;
    setKind(match?.kind ?? "missing");
    if (match) drawMarks(elements, match.ranges)?.scrollIntoView({ block: "center", inline: "nearest" });
  }, [words, passage, width, address]);

  if (problem) return <div className="viewer-state"><Problem action={{ label: t("viewer.tryAgain"), run: () => setAttempt(attempt + 1) }}>{problem}</Problem></div>;
  const scale = words === null ? 0 : width / words.width;
  return (
    <div className="pdf">
      <PassageNotice search={kind === null ? "none" : kind === "missing" ? "missing" : "found"} kind={kind === "missing" ? null : kind} page={null} />
      <div className="pdf-scroller" tabIndex={0} role="region" aria-label={t("viewer.pagesOf", { title })}>
        {address === null ? <Loading label={t("viewer.opening")} /> : null}
        <div className="picture-page" ref={frame}>
          {address === null ? null : <img src={address} alt={words === null ? title : ""} />}
          <div className="text-layer" ref={layer}>
            {items.map((word, index) => (
              <span
                key={index}
                style={{
                  left: word.left * scale, top: word.top * scale, width: (word.right - word.left) * scale, height: (word.bottom - word.top) * scale,
                  fontSize: (word.bottom - word.top) * scale * 0.8,
                }}
              >
                {word.text}
              </span>
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}
