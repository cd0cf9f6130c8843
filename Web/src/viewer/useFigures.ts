import { useEffect, useState } from "react";
import { documents, Figure } from "../api/documents";

/** The figures of none, always the same, so that nothing is drawn anew for it. */
const none: readonly Figure[] = [];

/**
 * A document's figures.
 *
 * @param id of the document, or of the version of it that is shown; null until it has been read.
 * @param since when it was last read.
 */
export function useFigures(id: string | null, since: string | undefined): readonly Figure[] {
  const [figures, setFigures] = useState<readonly Figure[]>(none);
  useEffect(() => {
    setFigures(none);
    if (id === null) return undefined;
    const controller = new AbortController();
    // Without them the document is still worth reading.
    documents.figures(id, controller.signal).then(({ data }) => setFigures(data.length > 0 ? data : none), () => undefined);
    return () => controller.abort();
  }, [id, since]);
  return figures;
}
