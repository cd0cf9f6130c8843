import type { Transcript } from "../api/transcripts";

export type StageState = "waits" | "runs" | "done" | "failed" | "none";

/** How far each stage of a recording is. */
export function stagesOf(recording: Pick<Transcript, "state" | "size" | "shelf">): { recorded: StageState; written: StageState; shelved: StageState } {
  const { state, size, shelf } = recording;
  const hasFile = size > 0;
  const recorded: StageState = hasFile ? "done" : state === "failed" || state === "cancelled" ? "failed" : "runs";
  const written: StageState = !hasFile ? "waits" : state === "completed" ? "done" : state === "processing" ? "runs" : state === "pending" ? "waits" : "failed";
  const shelved: StageState = written !== "done" ? "waits" : shelf === "completed" ? "done" : shelf === "pending" ? "runs" : shelf === "failed" ? "failed" : "none";
  return { recorded, written, shelved };
}
