import { useCallback, useEffect, useState } from "react";
import { documents, LibraryDocument } from "../api/documents";
import { APIError, describe } from "../api/errors";
import { onLiveEvent } from "../events/liveEvents";

interface OpenDocument {
  /** With its headings; null until it is known. */
  document: LibraryDocument | null;
  problem: { text: string; gone: boolean } | null;
  tryAgain: () => void;
}

/** A document by its id, as it is now: what the server tells of it is taken in. */
export function useDocument(id: string): OpenDocument {
  const [document, setDocument] = useState<LibraryDocument | null>(null);
  const [problem, setProblem] = useState<OpenDocument["problem"]>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const look = () => documents.outlined(id, signal).then(setDocument, (error: unknown) => {
      if (signal.aborted) return;
      const gone = error instanceof APIError && (error.status === 404 || error.status === 422);
      setProblem({ text: describe(error), gone });
    });
    setProblem(null);
    void look();
    const unfollow = onLiveEvent((event) => {
      if (event.type === "resync") return void look();
      if (!event.type.startsWith("document.") || event.type === "document.progress" || (event.payload as { id?: string }).id !== id) return undefined;
      return void look();
    });
    return () => {
      unfollow();
      controller.abort();
    };
  }, [id, attempt]);
  const tryAgain = useCallback(() => setAttempt((before) => before + 1), []);
  return { document: document?.id === id ? document : null, problem, tryAgain };
}
