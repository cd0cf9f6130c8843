import { Icon } from "../design/Icon";
import { t } from "../strings/t";
import { clockText } from "./stateText";
import type { Sound } from "./useSound";

const speeds = [1, 1.25, 1.5, 2, 3, 0.5, 0.75];

/** Plays a recording: stays in sight while its transcript is read. */
export function Player({ sound }: { sound: Sound }) {
  const ready = sound.state === "ready";
  const label = sound.playing ? t("recordings.pause") : t("recordings.play");
  const next = speeds[(speeds.indexOf(sound.speed) + 1) % speeds.length] ?? 1;
  return (
    <div className="player" role="group" aria-label={t("recordings.one")}>
      <button type="button" className="icon-button" aria-label={sound.state === "loading" ? t("recordings.loadingSound") : label} title={label} disabled={!ready} onClick={sound.toggle}>
        {sound.state === "loading" ? <span className="spinner" aria-hidden="true" /> : <Icon name={sound.playing ? "pause" : "play"} />}
      </button>
      <input
        type="range" min={0} max={Math.max(1, sound.duration)} step={0.1} value={Math.min(sound.time, Math.max(1, sound.duration))} disabled={!ready} aria-label={t("recordings.position")}
        aria-valuetext={clockText(sound.time)} onChange={(event) => sound.seek(Number(event.target.value))}
      />
      <span className="player-time">{clockText(sound.time)} / {clockText(sound.duration)}</span>
      <button type="button" className="button quiet listening-speed" disabled={!ready} aria-label={t("recordings.speed", { speed: sound.speed })} onClick={() => sound.setSpeed(next)}>{sound.speed}×</button>
    </div>
  );
}
