import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { documents, Figure, RecognisedPage } from "../api/documents";
import { Loading, Problem } from "../design/Notice";
import { t } from "../strings/t";
import { clearMarks, drawMarks } from "./highlight";
import type { Found } from "./PictureViewer";
import { Region } from "./Region";
import { matchQuote } from "./quoteMatch";
import { useFetchedPicture } from "./useFetchedPicture";
import { useNear } from "./useNear";
import type { Passage } from "./usePassage";
import { useWidth } from "./useWidth";

interface PageProps {
  id: string;
  number: number;
  /** The server draws the page; otherwise the file is the picture. */
  drawn: boolean;
  title: string;
  /** To be marked here. */
  passage: Passage | null;
  isRecognised: boolean;
  tell: (page: number, kind: Found) => void;
  /** What could not be read there, and stands out. */
  regions: readonly Figure[];
}

/** A picture with its words above it, each where it is seen. It is fetched as it comes near the view. */
export function PicturePage({ id, number, drawn, title, passage, isRecognised, tell, regions }: PageProps) {
  const [words, setWords] = useState<RecognisedPage | null>(null);
  const [attempt, setAttempt] = useState(0);
  const frame = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const near = useNear(frame, "800px", number === 1);
  const fetch = useCallback(
    (signal: AbortSignal) => (drawn ? documents.pagePicture(id, number, signal) : documents.file(id, { signal }).then((response) => response.blob())),
    // Each attempt fetches anew.
    [id, number, drawn, attempt],
  );
  const { address, problem } = useFetchedPicture(near ? fetch : null);

  useEffect(() => {
    setWords(null);
    if (!isRecognised || !near) return undefined;
    const controller = new AbortController();
    // Without its words the picture is still worth seeing.
    documents.words(id, number, controller.signal).then(setWords, () => undefined);
    return () => controller.abort();
  }, [id, number, near, isRecognised]);

  const items = (words?.lines ?? []).flatMap((line) => line.words.map((word, index) => ({ ...word, text: index + 1 < line.words.length ? `${word.text} ` : word.text })));
  useLayoutEffect(() => {
    if (layer.current === null || words === null) return;
    const elements = [...layer.current.querySelectorAll<HTMLElement>("span")];
    clearMarks(elements);
    if (passage === null) return;
    if (passage.texts.length === 0) return tell(number, null);
    const texts = items.map((item) => item.text);
    const matches = passage.texts.map((text) => matchQuote(texts, text));
    const match = matches.find((each) => each?.kind === "exact") ?? matches.find((each) => each !== null) ?? null;
    tell(number, match?.kind ?? "missing");
    if (match) drawMarks(elements, match.ranges)?.scrollIntoView({ block: "center", inline: "nearest" });
  }, [words, passage, width, address, number, tell]);

  const scale = words === null ? 0 : width / words.width;
  return (
    <div className="picture-page" ref={frame} data-page={number} data-waiting={address === null && problem === null}>
      {problem === null ? null : <Problem action={{ label: t("viewer.tryAgain"), run: () => setAttempt(attempt + 1) }}>{problem}</Problem>}
      {address === null && problem === null && near ? <Loading label={t("viewer.opening")} /> : null}
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
      {address === null || scale === 0 ? null : regions.map(({ number: figure, box }) => <Region key={figure} box={box ?? []} scale={scale} />)}
    </div>
  );
}
