import type { Transcript } from "../api/transcripts";
import { t } from "../strings/t";

type Told = Pick<Transcript, "speakers" | "segments">;

/** The id of the list of names that a segment's form offers. */
export const speakerNames = "speaker-names";

/** What a speaker is called: by the student's own name, or a number in the page's language. */
export function speakerName({ speakers }: Pick<Transcript, "speakers">, label: string): string {
  const number = /^Speaker (\d+)$/.exec(label)?.[1];
  return speakers[label] ?? (number === undefined ? label : t("recordings.speakerNumber", { number }));
}

/** All who speak, in the order in which they are first heard. */
export function speakersOf({ segments }: Pick<Transcript, "segments">): string[] {
  return [...new Set((segments ?? []).flatMap(({ speaker }) => (speaker ? [speaker] : [])))];
}

/**
 * What a name that was written at a segment changes: that of another who speaks gives the segment to them; a new one is a new name for who
 * spoke there, wherever they do; none takes the speaker away.
 */
export function speakerChange(recording: Told, label: string | null, name: string): { speaker?: string; speakers?: Record<string, string> } {
  if (label !== null && name === speakerName(recording, label)) return {};
  const other = speakersOf(recording).find((each) => speakerName(recording, each) === name);
  if (other !== undefined) return { speaker: other };
  return label === null || name === "" ? { speaker: name } : { speakers: { [label]: name } };
}
