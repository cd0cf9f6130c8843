import { useCallback, useEffect, useState } from "react";
import { documents, LibraryDocument } from "../api/documents";
import { Transcript, transcripts } from "../api/transcripts";

/** The page of the slides that is shown from a second on. */
export interface SlideTurn {
  page: number;
  start: number;
}

const none: readonly SlideTurn[] = [];

/** The PDFs of a recording's course that may be its slides, and when which page of the chosen one is shown. */
export function useSlides(recording: Transcript | null): { choices: readonly LibraryDocument[]; turns: readonly SlideTurn[] } {
  const [choices, setChoices] = useState<readonly LibraryDocument[]>([]);
  const [turns, setTurns] = useState(none);
  const [id, course, slides, ready] = [recording?.id, recording?.course_id, recording?.slides_id, recording?.state === "completed"];
  const updated = recording?.updated_at;

  const read = useCallback(async (signal: AbortSignal) => {
    if (!course) return setChoices([]);
    const { data } = await documents.list(1, 100, { course }, signal);
    setChoices(data.filter(({ media_type, status }) => status === "completed" && /pdf|presentation/.test(media_type)));
  }, [course]);

  useEffect(() => {
    const leaving = new AbortController();
    // Without the list there is nothing to choose.
    void read(leaving.signal).catch(() => undefined);
    return () => leaving.abort();
  }, [read]);

  useEffect(() => {
    setTurns(none);
    if (!id || !slides || !ready) return undefined;
    const leaving = new AbortController();
    transcripts.slides(id, leaving.signal).then((found) => setTurns(found.turns), () => undefined);
    return () => leaving.abort();
  }, [id, slides, ready, updated]);

  return { choices, turns };
}
