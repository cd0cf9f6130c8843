import { Matter, speechAPI, SpokenAudio } from "../api/speech";
import { isAbort } from "../api/errors";
import { tellFailure } from "../design/toastStore";
import { Store } from "../state/store";
import { t } from "../strings/t";

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

let player: HTMLAudioElement | null = null;
let wait: AbortController | null = null;

/** Begins to read something aloud, and ends what was being read. */
export async function readAloud(of: string, matter: Matter): Promise<void> {
  endReading();
  const waiting = new AbortController();
  wait = waiting;
  reading.set({ of, state: "preparing", word: -1, words: [], speed: 1 });
  try {
    const spoken = await ready(await speechAPI.speak(matter, waiting.signal), waiting.signal);
    const sound = await speechAPI.sound(spoken.id, waiting.signal);
    if (waiting.signal.aborted) return;
    play(of, spoken, sound);
  } catch (error) {
    if (!isAbort(error)) tellFailure(error, (problem) => t("speech.notSpoken", { problem }));
    if (wait === waiting) endReading();
  }
}

/** What is long is made by a job, which is asked after until it is done. */
async function ready(spoken: SpokenAudio, signal: AbortSignal): Promise<SpokenAudio> {
  let latest = spoken;
  while (latest.state === "pending") {
    await pause(1000, signal);
    latest = await speechAPI.words(latest.id, signal);
  }
  if (latest.state === "failed") throw new Error(latest.problem ?? "");
  return latest;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new DOMException("Cancelled", "AbortError"));
    }, { once: true });
  });
}

function play(of: string, spoken: SpokenAudio, sound: Blob): void {
  const audio = new Audio(URL.createObjectURL(sound));
  player = audio;
  const words = spoken.words ?? [];
  const change = (part: Partial<Reading>) => reading.set((now) => (now !== null && now.of === of ? { ...now, ...part } : now));
  reading.set((now) => ({ of, state: "playing", word: -1, words, speed: now?.speed ?? 1 }));
  audio.onplay = () => {
    change({ state: "playing" });
    follow();
  };
  audio.onpause = () => change({ state: "paused" });
  audio.onended = () => endReading();
  audio.onerror = () => endReading();
  const follow = () => {
    if (player !== audio || audio.paused) return;
    const word = wordAt(words, audio.currentTime);
    if (reading.get()?.word !== word) change({ word });
    requestAnimationFrame(follow);
  };
  void audio.play().catch(() => change({ state: "paused" }));
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
  void player?.play();
}

export function nextSpeed(): void {
  const now = reading.get();
  if (!player || now === null) return;
  const speed = speeds[(speeds.indexOf(now.speed) + 1) % speeds.length] ?? 1;
  player.playbackRate = speed;
  reading.set({ ...now, speed });
}

export function endReading(): void {
  wait?.abort();
  wait = null;
  if (player) {
    player.pause();
    URL.revokeObjectURL(player.src);
    player = null;
  }
  reading.set(null);
}
