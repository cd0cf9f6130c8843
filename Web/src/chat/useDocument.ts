import { useEffect, useState } from "react";
import { documents, LibraryDocument } from "../api/documents";

/** A document by its id; null until it is known. */
export function useDocument(id: string): LibraryDocument | null {
  const [document, setDocument] = useState<LibraryDocument | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    documents.get(id, controller.signal).then(setDocument, () => undefined);
    return () => controller.abort();
  }, [id]);
  return document?.id === id ? document : null;
}
