import { useEffect } from "react";
import { Icon } from "../design/Icon";
import { t } from "../strings/t";
import { clockText } from "./stateText";
import type { Sound } from "./useSound";

const speeds = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3];

interface PlayerProps {
  sound: Sound;
  /** It answers to the keyboard of the whole page. */
  keys?: boolean;
}

/** Plays a recording: stays in sight while its transcript is read. */
export function Player({ sound, keys = false }: PlayerProps) {
  const ready = sound.state === "ready";
  const label = sound.playing ? t("recordings.pause") : t("recordings.play");
  usePlayerKeys(sound, keys && ready);
  return (
    <div className="player" role="group" aria-label={t("recordings.one")} title={keys ? t("recordings.keys") : undefined}>
      <button type="button" className="icon-button" aria-label={sound.state === "loading" ? t("recordings.loadingSound") : label} title={label} disabled={!ready} onClick={sound.toggle}>
        {sound.state === "loading" ? <span className="spinner" aria-hidden="true" /> : <Icon name={sound.playing ? "pause" : "play"} />}
      </button>
      <button type="button" className="icon-button player-step" aria-label={t("recordings.back")} title={t("recordings.back")} disabled={!ready} onClick={() => sound.move(sound.time - 10)}>−10</button>
      <button type="button" className="icon-button player-step" aria-label={t("recordings.ahead")} title={t("recordings.ahead")} disabled={!ready} onClick={() => sound.move(sound.time + 10)}>+10</button>
      <input
        type="range" min={0} max={Math.max(1, sound.duration)} step={0.1} value={Math.min(sound.time, Math.max(1, sound.duration))} disabled={!ready} aria-label={t("recordings.position")}
        aria-valuetext={clockText(sound.time)} onChange={(event) => sound.move(Number(event.target.value))}
      />
      <span className="player-time">{clockText(sound.time)} / {clockText(sound.duration)}</span>
      <select className="input player-speed" disabled={!ready} aria-label={t("recordings.speed", { speed: sound.speed })} value={sound.speed} onChange={(event) => sound.setSpeed(Number(event.target.value))}>
        {speeds.map((speed) => <option key={speed} value={speed}>{speed}×</option>)}
      </select>
      <label className="player-skip"><input type="checkbox" checked={sound.skipping} disabled={!ready} onChange={(event) => sound.setSkipping(event.target.checked)} /> {t("recordings.skipSilence")}</label>
    </div>
  );
}

/** Space plays, arrows go 5 seconds, < and > change the speed; where nobody writes or presses something else. */
function usePlayerKeys(sound: Sound, on: boolean): void {
  useEffect(() => {
    if (!on) return undefined;
    const press = (event: KeyboardEvent) => {
      const at = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || at.closest("input, textarea, select, button, a, [role=dialog]")) return;
      const step = { " ": sound.toggle, ArrowLeft: () => sound.move(sound.time - 5), ArrowRight: () => sound.move(sound.time + 5), "<": () => change(-1), ">": () => change(1) }[event.key];
      if (!step) return;
      event.preventDefault();
      step();
    };
    const change = (by: number) => sound.setSpeed(speeds[Math.max(0, Math.min(speeds.length - 1, speeds.indexOf(sound.speed) + by))] ?? 1);
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [sound, on]);
}
