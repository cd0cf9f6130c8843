import { useCallback, useEffect, useState } from "react";
import { documents, isBusy, LibraryDocument, Progress } from "../api/documents";
import { APIError, describe } from "../api/errors";
import { isSharing } from "../api/events";
import { onLiveEvent } from "../events/liveEvents";
import { watchReading } from "./reading";

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
    let shown: string | null = null;
    let update: string | undefined;
    const take = (known: LibraryDocument) => {
      update = known.update?.id;
      setDocument(known);
    };
    const look = () => documents.outlined(id, signal).then(take, (error: unknown) => {
      if (signal.aborted) return;
      const gone = error instanceof APIError && (error.status === 404 || error.status === 422);
      setProblem({ text: describe(error), gone });
    });
    setProblem(null);
    void look();
    const unfollow = onLiveEvent((event) => {
      // What another shares may have changed, or ended.
      if (event.type === "resync" || isSharing(event)) return void look();
      if (!event.type.startsWith("document.")) return undefined;
      const about = (event.payload as { id?: string }).id;
      if (event.type === "document.progress" && about === update) {
        // Of what is to take its place.
        if (shown !== event.payload.progress.stage) void look();
        shown = event.payload.progress.stage;
        return undefined;
      }
      if (about !== id) return undefined;
      if (event.type !== "document.progress") return void look();
      const { progress } = event.payload;
      // Of a stage that goes on only the count is news; a new one is asked for, with the time that the last one took.
      if (shown !== progress.stage) void look();
      shown = progress.stage;
      return setDocument((known) => (known?.id === id ? withProgress(known, progress) : known));
    });
    const unwatch = watchReading((changed) => (changed.id === id || changed.id === update) && void look());
    return () => {
      unfollow();
      unwatch();
      controller.abort();
    };
  }, [id, attempt]);
  const tryAgain = useCallback(() => setAttempt((before) => before + 1), []);
  return { document: document?.id === id ? document : null, problem, tryAgain };
}

/** A document whose stage in hand has come so far. It may come after the word that all is done. */
function withProgress(document: LibraryDocument, progress: Progress): LibraryDocument {
  if (!isBusy(document)) return document;
  const stages = document.stages.map((stage) => (stage.state === "running" ? { ...stage, done: progress.done, total: progress.total } : stage));
  return { ...document, status: "processing", progress, stages: document.progress.stage === progress.stage ? stages : document.stages };
}
