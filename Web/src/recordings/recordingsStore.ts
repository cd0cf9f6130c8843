import { isAbort, describe } from "../api/errors";
import { Transcript, transcripts, uploadRecording } from "../api/transcripts";
import { tellFailure } from "../design/toastStore";
import { UndoableDeletion } from "../design/UndoableDeletion";
import type { LiveEvent } from "../events/liveEvents";
import { Store } from "../state/store";
import { t } from "../strings/t";
import { location, navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { followElsewhere } from "./recorder/elsewhere";
import { kept, readKept } from "./recorder/kept";
import { finishRecording } from "./recorder/recorder";
import { onFinished, sendPieces } from "./recorder/sending";

export interface Recordings {
  items: Transcript[];
  phase: "loading" | "ready" | "failed";
  problem: string | null;
}

const nothing: Recordings = { items: [], phase: "loading", problem: null };

/** The newest hundred. */
export const recordings = new Store<Recordings>(nothing);
/** How much of the recording in hand has been sent, 0 to 1. */
export const sending = new Store<number | null>(null);

let question: AbortController | null = null;
let timer = 0;

export async function loadRecordings(): Promise<void> {
  question?.abort();
  const mine = new AbortController();
  question = mine;
  try {
    const { data } = await transcripts.list(1, 100, mine.signal);
    recordings.set({ items: data, phase: "ready", problem: null });
    followProgress();
  } catch (error) {
    if (!isAbort(error)) recordings.set((now) => ({ ...now, phase: "failed", problem: describe(error) }));
  }
}

/** While one is being written down, how far it is is asked every few seconds. */
function followProgress(): void {
  window.clearTimeout(timer);
  const open = recordings.get().items.some(({ state }) => ["recording", "joining", "pending", "processing"].includes(state));
  if (open && !document.hidden) timer = window.setTimeout(() => void loadRecordings(), 3000);
}

/** Sends a recording; null where that failed, which is told. */
export async function bringRecording(file: File, title: string | null): Promise<Transcript | null> {
  sending.set(0);
  try {
    const added = await uploadRecording(file, title, (fraction) => sending.set(fraction));
    recordings.set((now) => ({ ...now, items: [added, ...now.items.filter(({ id }) => id !== added.id)] }));
    followProgress();
    return added;
  } catch (error) {
    tellFailure(error, (problem) => t("recordings.notSent", { problem }));
    return null;
  } finally {
    sending.set(null);
  }
}

export const recordingDeletion = new UndoableDeletion({
  remove: (id) => transcripts.remove(id),
  after: () => loadRecordings(),
});

export function applyToRecordings(event: LiveEvent): void {
  const type: string = event.type;
  if (type.startsWith("transcript.") && recordings.get().phase === "ready") void loadRecordings();
}

/** What is left on this device is sent, and the list tells of what was finished. */
export function startRecordings(): void {
  onFinished((id) => {
    void loadRecordings();
    if (location.get().path === paths.recordings()) navigate(paths.recordings(id));
  });
  followElsewhere();
  void readKept().then(sendPieces);
}

export function forgetRecordings(): void {
  void finishRecording(false);
  kept.set([]);
  question?.abort();
  window.clearTimeout(timer);
  recordingDeletion.forget();
  recordings.set(nothing);
}
