import { showToast } from "../../design/toastStore";
import { Store } from "../../state/store";
import { t } from "../../strings/t";
import { holdHere, letGoHere, readElsewhere } from "./elsewhere";
import { findKept, putKept, userID } from "./kept";
import { keptPieces, KeptRecording } from "./keptPieces";
import { sendPieces } from "./sending";

/** The recording that runs: one at a time in a page. */
export interface Running {
  id: string;
  paused: boolean;
  seconds: number;
  /** This device has no room: what is not sent lives as long as the page. */
  noRoom: boolean;
}

export const running = new Store<Running | null>(null);

/** Milliseconds of a piece: what is lost where the machine dies. */
const pieceLength = 2_000;

let recorder: MediaRecorder | null = null;
let meter: { context: AudioContext; analyser: AnalyserNode } | null = null;
let wakeLock: { release: () => Promise<void> } | null = null;
let clock = 0;
/** When the time that is counted began, and what was counted before. */
let since = 0;
let before = 0;
/** Pieces are kept one after the other. */
let keeping: Promise<unknown> = Promise.resolve();

export const canRecord = (): boolean => typeof MediaRecorder !== "undefined" && navigator.mediaDevices?.getUserMedia !== undefined;

/** Begins a recording, or goes on with one that was interrupted. False, and the reason is told, where the microphone cannot be had. */
export async function startRecording(interrupted: KeptRecording | null): Promise<boolean> {
  const user = userID();
  if (user === null || recorder !== null) return false;
  if ((await readElsewhere().catch(() => null)) !== null) {
    showToast(t("recordings.runsElsewhere"), { life: 8000 });
    return false;
  }
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: true } });
  } catch {
    showToast(t("speech.noMicrophone"), { life: 8000 });
    return false;
  }
  const when = new Date().toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  const recording: KeptRecording = interrupted
    ? { ...interrupted, take: interrupted.take + 1, ended: false }
    : { id: crypto.randomUUID(), user, title: t("recordings.recordedAt", { when }), begunAt: Date.now(), seconds: 0, made: 0, take: 0, lost: 0, ended: false };
  putKept(recording);
  holdHere(recording.id);
  await keptPieces.change(recording).catch(() => undefined);
  void navigator.storage?.persist?.().catch(() => undefined);
  const made = new MediaRecorder(stream, { audioBitsPerSecond: 48_000 });
  made.ondataavailable = ({ data }) => {
    if (data.size > 0) keep(recording.id, data);
  };
  // A microphone that is pulled out ends the take, and keeps all before.
  stream.getAudioTracks()[0]?.addEventListener("ended", () => void finishRecording(false));
  made.start(pieceLength);
  recorder = made;
  measure(stream);
  before = recording.seconds;
  since = Date.now();
  running.set({ id: recording.id, paused: false, seconds: before, noRoom: false });
  clock = window.setInterval(tick, 500);
  window.addEventListener("beforeunload", guard);
  document.addEventListener("visibilitychange", stayAwake);
  stayAwake();
  sendPieces();
  return true;
}

function counted(): number {
  return before + (running.get()?.paused ? 0 : (Date.now() - since) / 1000);
}

function tick(): void {
  running.set((now) => (now ? { ...now, seconds: counted() } : now));
}

/** Who leaves now would end the recording. */
function guard(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/** A phone that falls asleep would stop listening. */
function stayAwake(): void {
  if (document.visibilityState !== "visible" || recorder === null) return;
  const keeper = (navigator as Navigator & { wakeLock?: { request: (kind: "screen") => Promise<{ release: () => Promise<void> }> } }).wakeLock;
  keeper?.request("screen").then((lock) => {
    if (recorder === null) void lock.release();
    else wakeLock = lock;
  }, () => undefined);
}

function keep(id: string, sound: Blob): void {
  const recording = findKept(id);
  if (!recording) return;
  const number = recording.made;
  const next = { ...recording, made: number + 1, seconds: counted() };
  putKept(next);
  keeping = keeping.then(async () => {
    const isSafe = await keptPieces.add(next, number, next.take, sound);
    const noRoom = !isSafe || keptPieces.isUnsafe(id);
    running.set((now) => (now?.id === id && now.noRoom !== noRoom ? { ...now, noRoom } : now));
    sendPieces();
  });
}

function measure(stream: MediaStream): void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(analyser);
  meter = { context, analyser };
}

/** How loud it is now, 0 to 1, by the ear's measure: 0 is below -60 dB. */
export function level(): number {
  if (!meter || running.get()?.paused) return 0;
  const samples = new Float32Array(meter.analyser.fftSize);
  meter.analyser.getFloatTimeDomainData(samples);
  const mean = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  return Math.max(0, Math.min(1, 1 + Math.log10(Math.max(mean, 1e-9)) / 6));
}

export function pauseRecording(): void {
  if (recorder?.state !== "recording") return;
  before = counted();
  recorder.pause();
  // What was said so far need not wait.
  recorder.requestData();
  running.set((now) => (now ? { ...now, paused: true, seconds: before } : now));
}

export function resumeRecording(): void {
  if (recorder?.state !== "paused") return;
  recorder.resume();
  since = Date.now();
  running.set((now) => (now ? { ...now, paused: false } : now));
}

/** Lets go of the microphone. What was recorded is sent and finished, unless it only breaks off here. */
export async function finishRecording(isEnd: boolean): Promise<void> {
  const made = recorder;
  const id = running.get()?.id;
  if (!made || id === undefined) return;
  const stopped = new Promise((resolve) => made.addEventListener("stop", resolve, { once: true }));
  before = counted();
  if (made.state !== "inactive") {
    made.stop();
    await stopped;
  }
  recorder = null;
  made.stream.getTracks().forEach((track) => track.stop());
  void meter?.context.close();
  meter = null;
  window.clearInterval(clock);
  window.removeEventListener("beforeunload", guard);
  document.removeEventListener("visibilitychange", stayAwake);
  void wakeLock?.release();
  wakeLock = null;
  running.set(null);
  letGoHere();
  if (isEnd) await endKept(id);
}

/** Nothing more comes of a recording: when all of it is there it is finished. */
export async function endKept(id: string): Promise<void> {
  await keeping;
  const recording = findKept(id);
  if (!recording) return;
  const ended = { ...recording, ended: true };
  putKept(ended);
  await keptPieces.change(ended).catch(() => undefined);
  sendPieces();
}
