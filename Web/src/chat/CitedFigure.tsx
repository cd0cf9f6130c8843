import { useEffect, useState } from "react";
import type { Citation } from "../api/conversations";
import { documents, Figure } from "../api/documents";
import { figureIn } from "../viewer/figureIn";
import { FigureThumb } from "../viewer/FigureThumb";

/** What a caption begins with, in the languages that the server knows captions in. */
const named = /(^|\n)\s*(fig|abb|tableau|tabelle|table|afb|rys|рис|図|图|그림)/i;

/** The figure that a cited passage names, small; nothing where it names none. */
export function CitedFigure({ citation }: { citation: Citation }) {
  const [figure, setFigure] = useState<Figure | null>(null);
  const { document_id: id, page, quote } = citation;
  useEffect(() => {
    setFigure(null);
    // Most passages name none, and cost no request.
    if (!id || !page || !named.test(quote)) return undefined;
    const controller = new AbortController();
    documents.figures(id, controller.signal).then(({ data }) => setFigure(figureIn(data.filter((each) => each.has_picture), page, quote)), () => undefined);
    return () => controller.abort();
  }, [id, page, quote]);
  return figure && id ? <FigureThumb id={id} number={figure.number} /> : null;
}
