import type { Matter } from "../api/speech";
import { Icon } from "../design/Icon";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { endReading, nextSpeed, pauseReading, readAloud, Reading, reading, resumeReading } from "./Reading";

interface ListenButtonProps {
  /** Tells what is read from all else on the page. */
  of: string;
  matter: () => Matter;
}

/** Reads something aloud; while it does, pauses, changes the speed and ends. */
export function ListenButton({ of, matter }: ListenButtonProps) {
  const now = useStore(reading);
  if (now === null || now.of !== of) {
    return (
      <button type="button" className="icon-button" aria-label={t("speech.listen")} title={t("speech.listen")} onClick={() => void readAloud(of, matter())}>
        <Icon name="speaker" size={18} />
      </button>
    );
  }
  return <ListeningControls now={now} />;
}

/** Pauses what is being read aloud, changes its speed and ends it. */
export function ListeningControls({ now }: { now: Reading }) {
  if (now.state === "preparing") {
    return (
      <button type="button" className="icon-button" aria-label={t("speech.end")} title={t("speech.preparing")} aria-busy="true" onClick={endReading}>
        <span className="spinner" aria-hidden="true" />
      </button>
    );
  }
  const playing = now.state === "playing";
  const label = playing ? t("speech.pause") : t("speech.resume");
  return (
    <span className="listening">
      <button type="button" className="icon-button" aria-label={label} title={label} onClick={playing ? pauseReading : resumeReading}>
        <Icon name={playing ? "pause" : "play"} size={18} />
      </button>
      <button type="button" className="button quiet listening-speed" aria-label={t("speech.faster", { speed: now.speed })} onClick={nextSpeed}>{now.speed}×</button>
      <button type="button" className="icon-button" aria-label={t("speech.end")} title={t("speech.end")} onClick={endReading}>
        <Icon name="stop" size={18} />
      </button>
    </span>
  );
}
