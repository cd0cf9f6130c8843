import type { Transcript } from "../api/transcripts";

export type StageState = "waits" | "runs" | "done" | "failed" | "none";

/** How far each stage of a recording is. */
export function stagesOf(recording: Pick<Transcript, "state" | "size" | "shelf" | "speakers_state">): { recorded: StageState; written: StageState; told: StageState; shelved: StageState } {
  const { state, size, shelf, speakers_state: speakers } = recording;
  const hasFile = size > 0;
  const recorded: StageState = hasFile ? "done" : state === "failed" || state === "cancelled" ? "failed" : "runs";
  const written: StageState = !hasFile ? "waits" : state === "completed" ? "done" : state === "processing" ? "runs" : state === "pending" ? "waits" : "failed";
  const shelved: StageState = written !== "done" ? "waits" : shelf === "completed" ? "done" : shelf === "pending" ? "runs" : shelf === "failed" ? "failed" : "none";
  // Not asked for by most; what was asked for with the recording waits until it is written down.
  const told: StageState = speakers === "none" ? "none" : speakers === "completed" ? "done" : speakers === "failed" ? "failed" : written === "done" ? "runs" : "waits";
  return { recorded, written, told, shelved };
}
