import { Matter, speechAPI } from "../api/speech";
import { APIError, isAbort } from "../api/errors";
import { tellFailure } from "../design/toastStore";
import { Store } from "../state/store";
import { t } from "../strings/t";
import { chooseVoice, chosenVoice } from "./chosenVoice";
import { PartsPlayer } from "./PartsPlayer";

/** What is being read aloud: one thing at a time on the page. */
export interface Reading {
  /** What it is of, such as a message's id. */
  of: string;
  state: "preparing" | "playing" | "paused";
  /** The number of the word that is being said, -1 before the first. */
  word: number;
  words: readonly { word: string; start: number; end: number }[];
  speed: number;
}

export const reading = new Store<Reading | null>(null);

const speeds = [1, 1.25, 1.5, 2, 0.75];

let player: PartsPlayer | null = null;
let wait: AbortController | null = null;
/** As it was chosen last on this page. */
let chosenSpeed = 1;

/**
 * Begins to read something aloud, and ends what was being read. It is heard while the rest of it is still to be spoken.
 *
 * @param readOn what comes after it, until there is nothing more.
 */
export async function readAloud(of: string, matter: Matter, readOn?: () => Promise<Matter | null>): Promise<void> {
  endReading();
  const waiting = new AbortController();
  wait = waiting;
  const change = (part: Partial<Reading>) => reading.set((now) => (now !== null && wait === waiting ? { ...now, ...part } : now));
  let over = () => {};
  const made = new PartsPlayer({
    stateChanged: (state) => change({ state: state === "waiting" ? "preparing" : state }),
    moved: (time) => {
      const word = wordAt(reading.get()?.words ?? [], time);
      if (reading.get()?.word !== word) change({ word });
    },
    ended: () => over(),
  });
  made.speed = chosenSpeed;
  player = made;
  reading.set({ of, state: "preparing", word: -1, words: [], speed: chosenSpeed });
  try {
    for (let next: Matter | null = matter; next !== null && !waiting.signal.aborted; next = (await readOn?.()) ?? null) {
      change({ state: "preparing", word: -1, words: [] });
      const played = new Promise<void>((resolve) => {
        over = resolve;
        waiting.signal.addEventListener("abort", () => resolve(), { once: true });
      });
      made.restart();
      await hear(next, made, change, waiting.signal);
      made.finish();
      await played;
      // A sound that cannot be played would not be heard in what follows either.
      if (reading.get()?.word === -1 && (reading.get()?.words.length ?? 0) > 0) break;
    }
  } catch (error) {
    if (!isAbort(error)) tellFailure(error, (problem) => t("speech.notSpoken", { problem }));
  }
  if (wait === waiting) endReading();
}

async function hear(matter: Matter, made: PartsPlayer, change: (part: Partial<Reading>) => void, signal: AbortSignal): Promise<void> {
  const voice = chosenVoice.get();
  try {
    for await (const heard of speechAPI.stream(matter, voice, signal)) {
      if (signal.aborted) return;
      if ("part" in heard) {
        change({ words: [...(reading.get()?.words ?? []), ...heard.part.words] });
        made.add(heard.part.sound, heard.part.start);
      } else if (made.isEmpty) {
        // It was read before.
        const sound = await speechAPI.sound(heard.kept.id, signal);
        change({ words: heard.kept.words ?? [] });
        made.add(sound, 0);
      }
    }
  } catch (error) {
    // The voice that was chosen may have gone from the server.
    if (voice === null || !(error instanceof APIError) || error.status !== 400) throw error;
    chooseVoice(null);
    await hear(matter, made, change, signal);
  }
}

/** The last word that has begun. */
export function wordAt(words: readonly { start: number }[], time: number): number {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle]?.start ?? 0) <= time + 0.02) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export function pauseReading(): void {
  player?.pause();
}

export function resumeReading(): void {
  player?.resume();
}

export function nextSpeed(): void {
  const now = reading.get();
  if (!player || now === null) return;
  const speed = speeds[(speeds.indexOf(now.speed) + 1) % speeds.length] ?? 1;
  chosenSpeed = player.speed = speed;
  reading.set({ ...now, speed });
}

export function endReading(): void {
  wait?.abort();
  wait = null;
  player?.end();
  player = null;
  reading.set(null);
}
