import { useEffect, useState } from "react";
import { documents, Figure, LibraryDocument } from "../api/documents";

/** The figures of none, always the same, so that nothing is drawn anew for it. */
const none: readonly Figure[] = [];

/** A document's figures, once it has been read. */
export function useFigures(document: LibraryDocument | null): readonly Figure[] {
  const [figures, setFigures] = useState<readonly Figure[]>(none);
  const id = document?.status === "completed" ? document.id : null;
  useEffect(() => {
    setFigures(none);
    if (id === null) return undefined;
    const controller = new AbortController();
    // Without them the document is still worth reading.
    documents.figures(id, controller.signal).then(({ data }) => setFigures(data.length > 0 ? data : none), () => undefined);
    return () => controller.abort();
  }, [id, document?.updated_at]);
  return figures;
}
