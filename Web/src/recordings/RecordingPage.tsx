import { useCallback, useEffect, useMemo, useState } from "react";
import { describe, isAbort } from "../api/errors";
import { recordingsAPI } from "../api/recordings";
import { ExportFormat, Transcript, transcripts } from "../api/transcripts";
import { Icon } from "../design/Icon";
import { Meter } from "../design/Meter";
import { Loading, Problem } from "../design/Notice";
import { tellFailure } from "../design/toastStore";
import { onLiveEvent } from "../events/liveEvents";
import type { PageProps } from "../frame/Area";
import { usePage } from "../routing/usePage";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { ModelNote } from "./ModelNote";
import { Player } from "./Player";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { PipelineStages } from "./PipelineStages";
import { RecordingPlaces } from "./RecordingPlaces";
import { elsewhere } from "./recorder/elsewhere";
import { Segment, SegmentEdits } from "./Segment";
import { speakerChange, speakerName, speakerNames, speakersOf } from "./speakers";
import { clockText, stateText } from "./stateText";
import { useSlides } from "./useSlides";
import { useSound } from "./useSound";
import { WhoSpeaks } from "./WhoSpeaks";

const formats: readonly { format: ExportFormat; name: "asText" | "asSubtitles" | "asVtt" | "asJson" }[] = [
  { format: "txt", name: "asText" }, { format: "srt", name: "asSubtitles" }, { format: "vtt", name: "asVtt" }, { format: "json", name: "asJson" },
];

/** One recording: its sound, and what is said in it, each word leading to its second. */
export function RecordingPage({ params }: PageProps) {
  const id = params["id"] ?? "";
  const [recording, setRecording] = useState<Transcript | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [find, setFind] = useState("");
  const heading = usePage(recording?.title ?? t("recordings.one"));
  const spoken = useMemo(() => recording?.segments ?? [], [recording]);
  const elsewhereNow = useStore(elsewhere);
  const { choices, turns } = useSlides(recording);
  const sound = useSound(recording && recording.size > 0 ? id : null, spoken, recording?.duration ?? 0);

  const load = useCallback(async (signal?: AbortSignal) => {
    try {
      setRecording(await transcripts.get(id, signal));
      setProblem(null);
    } catch (error) {
      if (!isAbort(error)) setProblem(describe(error));
    }
  }, [id]);

  const open = recording === null || recording.shelf === "pending" || recording.speakers_state === "pending" || ["recording", "joining", "pending", "processing"].includes(recording.state);
  useEffect(() => {
    const leaving = new AbortController();
    void load(leaving.signal);
    return () => leaving.abort();
  }, [load]);
  // What is still being done is looked at again, without asking anew for what has just come.
  useEffect(() => {
    const leaving = new AbortController();
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
  // Gaps stand where they are.
  const lines = [...segments, ...(find === "" ? [...recording.gaps, ...turns] : [])].sort((one, other) => one.start - other.start || ("page" in one ? -1 : 0));
  const slide = turns.filter(({ start }) => start <= sound.time).at(-1) ?? null;
  const edit = async (change: () => Promise<Transcript>): Promise<boolean> => {
    try {
      setRecording(await change());
      return true;
    } catch (error) {
      tellFailure(error);
      return false;
    }
  };
  const edits: SegmentEdits = {
    correct: (segment, text, name) => {
      const change = speakerChange(recording, segment.speaker ?? null, name);
      return edit(() => transcripts.change(id, { ...(change.speakers ? { speakers: change.speakers } : {}), segments: [{ id: segment.id, ...(text === segment.text ? {} : { text }), ...(change.speaker === undefined ? {} : { speaker: change.speaker }) }] }));
    },
    split: (segment, word) => edit(() => transcripts.split(id, segment.id, word)),
    join: (segment) => {
      const all = recording.segments ?? [];
      const next = all[all.indexOf(segment) + 1];
      return next ? edit(() => transcripts.join(id, [segment.id, next.id])) : Promise.resolve(false);
    },
  };
  const running = ["joining", "processing", "pending"].includes(recording.state);
  return (
    <div className="page recording">
      <header className="page-head">
        <h1 ref={heading} tabIndex={-1} dir="auto">{recording.title}</h1>
        <div className="recording-actions">
          {running ? <button type="button" className="button" onClick={() => void act(() => transcripts.cancel(id))}><Icon name="stop" size={18} /> {t("recordings.stop")}</button> : null}
          {recording.state === "recording" && elsewhereNow !== id ? <button type="button" className="button" onClick={() => void act(() => recordingsAPI.finish(id, null))}>{t("recordings.finishHere")}</button> : null}
          {recording.state === "completed" ? formats.map(({ format, name }) => (
            <button key={format} type="button" className="button quiet" onClick={() => void save(recording, format)}><Icon name="download" size={18} /> {t(`recordings.${name}`)}</button>
          )) : null}
        </div>
      </header>
      {running ? <ModelNote /> : null}
      <PipelineStages
        recording={recording} retry={() => void act(() => transcripts.retry(id))} shelve={() => void act(() => transcripts.shelve(id))}
        tell={() => void act(() => transcripts.tellSpeakers(id, recording.speakers_count ?? null))}
      />
      {running ? null : <RecordingPlaces recording={recording} slides={choices} change={(change) => void edit(() => transcripts.change(id, change))} />}
      {running || recording.state === "recording" || !recording.segments?.length ? null : <WhoSpeaks recording={recording} tell={(count) => void edit(() => transcripts.tellSpeakers(id, count))} />}
      {recording.state === "recording" ? <p className="notice">{elsewhereNow === id ? t("recordings.recordedElsewhere") : t("recordings.unfinished")}</p> : null}
      {recording.state === "processing" ? <Meter label={doing ?? ""} fraction={recording.duration ? recording.heard / recording.duration : null} /> : null}
      {recording.size > 0 ? <Player sound={sound} keys /> : null}
      <section aria-label={t("recordings.transcript")}>
        {(recording.segments?.length ?? 0) > 5 ? (
          <input className="input recording-find" type="search" value={find} placeholder={t("recordings.find")} aria-label={t("recordings.find")} onChange={(event) => setFind(event.target.value)} />
        ) : null}
        {recording.state === "completed" && recording.segments?.length === 0 ? <p>{t("recordings.nothingSaid")}</p> : null}
        <ol className="said-list">
          {lines.map((line) => "page" in line ? (
            <li key={`slide-${line.start}`} className="said-slide" aria-current={line === slide ? "true" : undefined}>
              <Icon name="page" size={16} /> <Link to={paths.document(recording.slides_id ?? "", { page: line.page })}>{t("recordings.slide", { page: line.page })}</Link>
            </li>
          ) : "reason" in line ? (
            <li key={`gap-${line.start}`} className="said-gap">
              <Icon name="alert" size={16} /> {clockText(line.start)}–{clockText(line.end)}: {line.reason === "lost" ? t("recordings.gapLost") : t("recordings.gapFailed")}
            </li>
          ) : (
            <Segment
              key={line.id} segment={line} speaker={line.speaker ? speakerName(recording, line.speaker) : null} sound={sound}
              edits={running ? null : edits} isLast={line === recording.segments?.at(-1)}
            />
          ))}
        </ol>
        <datalist id={speakerNames}>{speakersOf(recording).map((speaker) => <option key={speaker} value={speakerName(recording, speaker)} />)}</datalist>
      </section>
    </div>
  );
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
