import { useCallback, useEffect, useMemo, useState } from "react";
import { describe, isAbort } from "../api/errors";
import { ExportFormat, Transcript, transcripts, TranscriptSegment } from "../api/transcripts";
import { Icon } from "../design/Icon";
import { Meter } from "../design/Meter";
import { Loading, Problem } from "../design/Notice";
import { tellFailure } from "../design/toastStore";
import { onLiveEvent } from "../events/liveEvents";
import type { PageProps } from "../frame/Area";
import { usePage } from "../routing/usePage";
import { t } from "../strings/t";
import { ModelNote } from "./ModelNote";
import { Player } from "./Player";
import { Segment } from "./Segment";
import { stateText } from "./stateText";
import { useSound } from "./useSound";

const formats: readonly { format: ExportFormat; name: "asText" | "asSubtitles" }[] = [{ format: "txt", name: "asText" }, { format: "srt", name: "asSubtitles" }];

/** One recording: its sound, and what is said in it, each word leading to its second. */
export function RecordingPage({ params }: PageProps) {
  const id = params["id"] ?? "";
  const [recording, setRecording] = useState<Transcript | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [find, setFind] = useState("");
  const heading = usePage(recording?.title ?? t("recordings.one"));
  const sound = useSound(id);

  const load = useCallback(async (signal?: AbortSignal) => {
    try {
      setRecording(await transcripts.get(id, signal));
      setProblem(null);
    } catch (error) {
      if (!isAbort(error)) setProblem(describe(error));
    }
  }, [id]);

  const open = recording === null || recording.state === "pending" || recording.state === "processing";
  useEffect(() => {
    const leaving = new AbortController();
    void load(leaving.signal);
    const timer = open ? window.setInterval(() => void load(leaving.signal), 3000) : 0;
    const unfollow = onLiveEvent((event) => {
      if ((event.type as string).startsWith("transcript.")) void load(leaving.signal);
    });
    return () => {
      leaving.abort();
      unfollow();
      window.clearInterval(timer);
    };
  }, [load, open]);

  const segments = useMemo(() => {
    const all = recording?.segments ?? [];
    const wanted = find.trim().toLowerCase();
    return wanted === "" ? all : all.filter(({ text }) => text.toLowerCase().includes(wanted));
  }, [recording, find]);

  const act = async (change: () => Promise<unknown>) => {
    try {
      await change();
      await load();
    } catch (error) {
      tellFailure(error);
    }
  };

  if (problem && !recording) return <div className="page"><Problem action={{ label: t("recordings.tryAgain"), run: () => void load() }}>{problem}</Problem></div>;
  if (!recording) return <div className="page"><Loading label={t("recordings.reading")} /></div>;
  const doing = stateText(recording);
  const running = recording.state === "processing" || recording.state === "pending";
  return (
    <div className="page recording">
      <header className="page-head">
        <h1 ref={heading} tabIndex={-1} dir="auto">{recording.title}</h1>
        <div className="recording-actions">
          {running ? <button type="button" className="button" onClick={() => void act(() => transcripts.cancel(id))}><Icon name="stop" size={18} /> {t("recordings.stop")}</button> : null}
          {recording.state === "failed" || recording.state === "cancelled" ? (
            <button type="button" className="button" onClick={() => void act(() => transcripts.retry(id))}><Icon name="retry" size={18} /> {t("recordings.goOn")}</button>
          ) : null}
          {recording.state === "completed" ? formats.map(({ format, name }) => (
            <button key={format} type="button" className="button quiet" onClick={() => void save(recording, format)}><Icon name="download" size={18} /> {t(`recordings.${name}`)}</button>
          )) : null}
        </div>
      </header>
      {running ? <ModelNote /> : null}
      {doing ? <p className="recording-facts" role="status">{doing}</p> : null}
      {recording.state === "processing" ? <Meter label={doing ?? ""} fraction={recording.duration ? recording.heard / recording.duration : null} /> : null}
      <Player sound={sound} />
      <section aria-label={t("recordings.transcript")}>
        {(recording.segments?.length ?? 0) > 5 ? (
          <input className="input recording-find" type="search" value={find} placeholder={t("recordings.find")} aria-label={t("recordings.find")} onChange={(event) => setFind(event.target.value)} />
        ) : null}
        {recording.state === "completed" && recording.segments?.length === 0 ? <p>{t("recordings.nothingSaid")}</p> : null}
        <ol className="said-list">
          {segments.map((segment) => (
            <Segment key={segment.id} segment={segment} sound={sound} editable={!running} save={(text) => correct(segment, text)} />
          ))}
          {find === "" ? recording.gaps.map((gap) => (
            <li key={`gap-${gap.start}`} className="said-gap"><Icon name="alert" size={16} /> {gap.reason === "lost" ? t("recordings.gapLost") : t("recordings.gapFailed")}</li>
          )) : null}
        </ol>
      </section>
    </div>
  );

  async function correct(segment: TranscriptSegment, text: string): Promise<boolean> {
    try {
      setRecording(await transcripts.change(id, { segments: [{ id: segment.id, text }] }));
      return true;
    } catch (error) {
      tellFailure(error);
      return false;
    }
  }
}

/** Fetched by script, because a plain link cannot carry the access token. */
async function save(recording: Transcript, format: ExportFormat): Promise<void> {
  try {
    const url = URL.createObjectURL(await transcripts.exported(recording.id, format));
    const link = document.createElement("a");
    link.href = url;
    link.download = `${recording.title}.${format}`;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
  } catch (error) {
    tellFailure(error);
  }
}
