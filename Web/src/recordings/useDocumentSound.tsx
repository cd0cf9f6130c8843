import { ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { Transcript, transcripts } from "../api/transcripts";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { t } from "../strings/t";
import { momentOf } from "./momentOf";
import { Player } from "./Player";
import { clockText } from "./stateText";
import { useSound } from "./useSound";

/** The recording that a document was made of, to be heard beside its text. */
export interface DocumentSound {
  /** Plays from a second. */
  hear: (seconds: number) => void;
  /** A source was opened: playing begins where its words are said, at the latest with its paragraph. */
  found: (seconds: number, words: string) => void;
  label: (seconds: number) => string;
}

/** @param document its id; null for what is no transcript. */
export function useDocumentSound(document: string | null): { bar: ReactNode; heard: DocumentSound | null } {
  const [recording, setRecording] = useState<Transcript | null>(null);

  useEffect(() => {
    setRecording(null);
    if (document === null) return undefined;
    const leaving = new AbortController();
    // Subtitles that were brought as a file have no recording here.
    transcripts.ofDocument(document, leaving.signal).then(setRecording, () => undefined);
    return () => leaving.abort();
  }, [document]);

  const sound = useSound(recording?.id ?? null);
  const { seek, move } = sound;
  const label = useCallback((seconds: number) => t("recordings.hear", { time: clockText(seconds) }), []);
  const bar = recording ? (
    <div className="document-sound">
      <Player sound={sound} />
      <Link className="button quiet" to={paths.recordings(recording.id)}>{t("recordings.toRecording")}</Link>
    </div>
  ) : null;
  const heard = useMemo(() => {
    if (!recording) return null;
    const found = (seconds: number, words: string) => {
      move(seconds);
      transcripts.get(recording.id).then(({ segments }) => move(momentOf(words, segments ?? [], seconds)), () => undefined);
    };
    return { hear: seek, found, label };
  }, [recording, seek, move, label]);
  return { bar, heard };
}
