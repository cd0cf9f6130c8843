import type { Transcript } from "../api/transcripts";
import { percentText } from "../strings/amounts";
import { t } from "../strings/t";

/** What a recording is doing, in words; null once it is written down. */
export function stateText(recording: Transcript): string | null {
  switch (recording.state) {
    case "completed": return null;
    case "recording": return t("recordings.coming");
    case "joining": return t("recordings.joining");
    case "pending": return t("recordings.waiting");
    case "cancelled": return t("recordings.stopped");
    case "failed": return t("recordings.failed", { problem: recording.problem ?? "" });
    default: return recording.duration ? t("recordings.writing", { percent: percentText(Math.min(1, recording.heard / recording.duration)) }) : t("recordings.beginning");
  }
}

/** `1:02:03` */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (number: number) => String(number).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
