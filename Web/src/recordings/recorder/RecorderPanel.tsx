import { Icon } from "../../design/Icon";
import { Link } from "../../routing/Link";
import { useLocation } from "../../routing/location";
import { paths } from "../../routing/paths";
import { useStore } from "../../state/useStore";
import { t } from "../../strings/t";
import { clockText } from "../stateText";
import { elsewhere } from "./elsewhere";
import { forgetKept, kept } from "./kept";
import { keptPieces, KeptRecording } from "./keptPieces";
import { LiveCaptions } from "./LiveCaptions";
import { LevelMeter } from "./LevelMeter";
import { canRecord, endKept, finishRecording, pauseRecording, resumeRecording, Running, running, startRecording } from "./recorder";
import { confirmed, pieceSending, Sending, sendPieces } from "./sending";

/** Begins a recording. */
export function RecordButton() {
  const now = useStore(running);
  const other = useStore(elsewhere);
  if (!canRecord() || now || other !== null) return null;
  return <button type="button" className="button primary" onClick={() => void startRecording(null)}><Icon name="microphone" size={18} /> {t("recordings.record")}</button>;
}

/** The recording that runs, and what is left of others on this device. */
export function RecorderPanel() {
  const now = useStore(running);
  const all = useStore(kept);
  const sending = useStore(pieceSending);
  const sent = useStore(confirmed);
  const other = useStore(elsewhere);
  const mine = now ? all.find(({ id }) => id === now.id) : undefined;
  return (
    <>
      {other !== null && !now ? <p className="notice" role="status">{t("recordings.runsElsewhere")}</p> : null}
      {now && mine ? <RunningRecording now={now} waiting={mine.made - (sent[now.id] ?? 0)} sending={sending} /> : null}
      {all.filter(({ id }) => id !== now?.id).map((recording) => (
        <LeftRecording key={recording.id} recording={recording} waiting={recording.made - (sent[recording.id] ?? 0)} sending={sending} busy={now !== null} />
      ))}
    </>
  );
}

function RunningRecording({ now, waiting, sending }: { now: Running; waiting: number; sending: Sending }) {
  return (
    <section className="recorder" aria-label={t("recordings.recorder")}>
      <div className="recorder-row">
        <span className={now.paused ? "recorder-light paused" : "recorder-light"} aria-hidden="true" />
        <span role="timer" className="recorder-time" aria-label={now.paused ? t("recordings.pausedAt", { time: clockText(now.seconds) }) : t("recordings.recordingNow", { time: clockText(now.seconds) })}>{clockText(now.seconds)}</span>
        <LevelMeter />
        <div className="recording-actions">
          {now.paused
            ? <button type="button" className="button" onClick={resumeRecording}><Icon name="microphone" size={18} /> {t("recordings.resume")}</button>
            : <button type="button" className="button" onClick={pauseRecording}><Icon name="pause" size={18} /> {t("recordings.pauseRecording")}</button>}
          <button type="button" className="button primary" onClick={() => void finishRecording(true)}><Icon name="stop" size={18} /> {t("recordings.finish")}</button>
        </div>
      </div>
      <p className="recording-facts" role="status">{sendingText(sending, waiting)}</p>
      <LiveCaptions id={now.id} />
      {now.noRoom ? <p className="notice" role="alert">{t("recordings.noRoomHere")}</p> : null}
    </section>
  );
}

function LeftRecording({ recording, waiting, sending, busy }: { recording: KeptRecording; waiting: number; sending: Sending; busy: boolean }) {
  const stuck = sending.state === "stuck" && sending.id === recording.id ? sending.problem : null;
  const save = async () => {
    const url = URL.createObjectURL(new Blob(await keptPieces.sound(recording.id)));
    const link = document.createElement("a");
    link.href = url;
    link.download = `${recording.title}.webm`;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
  };
  return (
    <section className="recorder" aria-label={recording.title}>
      <p><strong dir="auto">{recording.title}</strong> · {clockText(recording.seconds)}</p>
      <p className="recording-facts" role="status">
        {stuck !== null ? t("recordings.stuck", { problem: stuck }) : recording.ended ? sendingText(sending, waiting) : t("recordings.interrupted")}
      </p>
      <div className="recording-actions">
        {recording.ended ? null : (
          <>
            <button type="button" className="button" disabled={busy || !canRecord()} onClick={() => void startRecording(recording)}><Icon name="microphone" size={18} /> {t("recordings.continue")}</button>
            <button type="button" className="button primary" onClick={() => void endKept(recording.id)}>{t("recordings.finishLeft")}</button>
          </>
        )}
        {stuck !== null ? (
          <>
            <button type="button" className="button" onClick={sendPieces}><Icon name="retry" size={18} /> {t("recordings.tryAgain")}</button>
            <button type="button" className="button" onClick={() => void save()}><Icon name="download" size={18} /> {t("recordings.saveHere")}</button>
            <button type="button" className="button danger" onClick={() => void forgetKept(recording.id)}>{t("recordings.discard")}</button>
          </>
        ) : null}
      </div>
    </section>
  );
}

/** What becomes of the pieces that are not with the server yet. */
function sendingText(sending: Sending, waiting: number): string {
  if (sending.state === "offline") return t("recordings.offline");
  if (sending.state === "refused") return t("recordings.refused", { problem: sending.problem });
  return waiting > 1 ? t("recordings.catchingUp") : t("recordings.allSent");
}

/** On other pages: that it runs, and the way to it. */
export function RecordingPill() {
  const now = useStore(running);
  const { path } = useLocation();
  if (!now || path === paths.recordings()) return null;
  return (
    <Link to={paths.recordings()} className="recording-pill" aria-label={t("recordings.recordingNow", { time: clockText(now.seconds) })}>
      <span className={now.paused ? "recorder-light paused" : "recorder-light"} aria-hidden="true" /> {clockText(now.seconds)}
    </Link>
  );
}
