import { useEffect, useRef } from "react";
import { Icon } from "../design/Icon";
import { Meter } from "../design/Meter";
import { ReadingMonster } from "../design/Monster";
import { Loading, Problem } from "../design/Notice";
import { Link } from "../routing/Link";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { useStore } from "../state/useStore";
import { percentText } from "../strings/amounts";
import { t } from "../strings/t";
import { ModelNote } from "./ModelNote";
import { bringRecording, loadRecordings, recordingDeletion, recordings, sending } from "./recordingsStore";
import { kept } from "./recorder/kept";
import { RecordButton, RecorderPanel } from "./recorder/RecorderPanel";
import { clockText, stateText } from "./stateText";

const accepted = "audio/*,video/mp4,video/webm,.wav,.mp3,.m4a,.ogg,.opus,.webm,.flac,.mp4";

/** All recordings, and the two ways to another: by the microphone, or a file. */
export function RecordingsPage() {
  const heading = usePage(t("recordings.place"));
  const { items, phase, problem } = useStore(recordings);
  const sent = useStore(sending);
  const leaving = useStore(recordingDeletion.leaving);
  const file = useRef<HTMLInputElement>(null);
  const here = useStore(kept);
  // What is still on this device stands above the list.
  const shown = items.filter(({ id }) => !leaving.has(id) && !here.some((each) => each.id === id));

  useEffect(() => void loadRecordings(), []);

  const bring = async (recording: File) => {
    const added = await bringRecording(recording, null);
    if (added) navigate(paths.recordings(added.id));
  };

  return (
    <div className="page">
      <header className="page-head">
        <h1 ref={heading} tabIndex={-1}>{t("recordings.place")}</h1>
        <div className="recording-actions">
          <RecordButton />
          <button type="button" className="button" disabled={sent !== null} onClick={() => file.current?.click()}><Icon name="plus" size={18} /> {t("recordings.add")}</button>
          <input
            ref={file} type="file" hidden accept={accepted} aria-label={t("recordings.add")}
            onChange={(event) => {
              const chosen = event.target.files?.[0];
              event.target.value = "";
              if (chosen) void bring(chosen);
            }}
          />
        </div>
      </header>
      <RecorderPanel />
      <ModelNote />
      {sent !== null ? <Meter label={t("recordings.sending", { percent: percentText(sent) })} fraction={sent} /> : null}
      {problem ? <Problem action={{ label: t("recordings.tryAgain"), run: () => void loadRecordings() }}>{problem}</Problem> : null}
      {phase === "loading" ? <Loading label={t("recordings.reading")} /> : null}
      {phase === "ready" && shown.length === 0 && here.length === 0 ? (
        <div className="empty">
          <ReadingMonster />
          <h2>{t("recordings.noneTitle")}</h2>
          <p>{t("recordings.none")}</p>
        </div>
      ) : null}
      <ul className="recording-rows" aria-label={t("recordings.place")}>
        {shown.map((recording) => (
          <li key={recording.id} data-row={recording.id}>
            <Icon name="microphone" size={22} />
            <div className="grow">
              <Link to={paths.recordings(recording.id)} dir="auto">{recording.title}</Link>
              <p className="recording-facts" role={["processing", "joining"].includes(recording.state) ? "status" : undefined}>
                {[recording.duration ? clockText(recording.duration) : null, stateText(recording)].filter(Boolean).join(" · ")}
              </p>
            </div>
            <button
              type="button" className="icon-button" aria-label={`${t("recordings.delete")}: ${recording.title}`} title={t("recordings.delete")}
              onClick={() => recordingDeletion.start(recording.id, recording.title)}
            >
              <Icon name="trash" size={18} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
