import { reachable, untilReachable } from "../../api/connection";
import { APIError, ConnectionError, describe } from "../../api/errors";
import { Recording, recordingsAPI } from "../../api/recordings";
import { Store } from "../../state/store";
import { forgetKept, kept, putKept, userID } from "./kept";
import { keptPieces, KeptRecording } from "./keptPieces";

/** How the sending of recordings stands. */
export type Sending =
  | { state: "idle" | "sending" | "offline" }
  /** The server takes nothing now, as when its disk is full; it is tried again. */
  | { state: "refused"; problem: string }
  /** Trying again does not help; what is here stays here. */
  | { state: "stuck"; id: string; problem: string };

export const pieceSending = new Store<Sending>({ state: "idle" });
/** How many pieces of each recording the server has confirmed. */
export const confirmed = new Store<Readonly<Record<string, number>>>({});

let running = false;
let again = false;
let timer = 0;
let pauseNow = 0;
let finished: (id: string) => void = () => undefined;

/** Who is told when a recording is sent whole and finished. */
export function onFinished(listener: (id: string) => void): void {
  finished = listener;
}

/** Sends what is on this device, until all of it is there. */
export function sendPieces(): void {
  again = true;
  if (!running) void run();
}

async function run(): Promise<void> {
  running = true;
  window.clearTimeout(timer);
  try {
    while (again && userID() !== null) {
      again = false;
      for (const { id } of kept.get()) await sendOne(id);
    }
    pieceSending.set((now) => (now.state === "stuck" ? now : { state: "idle" }));
    pauseNow = 0;
  } catch (error) {
    tryLater(error);
  } finally {
    running = false;
  }
}

function tryLater(error: unknown): void {
  if (error instanceof ConnectionError) {
    pieceSending.set({ state: "offline" });
    void untilReachable().then(sendPieces);
  } else {
    pieceSending.set({ state: "refused", problem: describe(error) });
  }
  // The connection may be back without anybody's having asked.
  pauseNow = Math.min(30_000, Math.max(2_000, pauseNow * 2));
  timer = window.setTimeout(sendPieces, pauseNow);
}

/** One tab at a time: of two, one would take for lost what the other has sent. */
async function sendOne(id: string): Promise<void> {
  if (navigator.locks) await navigator.locks.request(`sending ${id}`, () => sendHere(id));
  else await sendHere(id);
}

/** One recording, from the piece that the server waits for. */
async function sendHere(id: string): Promise<void> {
  const now = () => kept.get().find((each) => each.id === id);
  const first = now();
  if (!first) return;
  if (first.ended && !(await keptPieces.isHere(id))) {
    kept.set((all) => all.filter((each) => each.id !== id));
    return;
  }
  try {
    let there = await begun(first);
    for (let recording = now(); recording && there.next + recording.lost < recording.made; recording = now()) {
      if (there.state !== "recording") break;
      const number = there.next + recording.lost;
      const piece = await keptPieces.piece(id, number);
      if (!piece) {
        // It is being written to the disk, and sending begins anew then.
        if (!recording.ended) return;
        putKept({ ...recording, lost: recording.lost + 1 });
        continue;
      }
      if (reachable.get()) pieceSending.set({ state: "sending" });
      there = await recordingsAPI.send(id, there.next, piece.take, piece.sound);
      confirmed.set((before) => ({ ...before, [id]: there.next + (now()?.lost ?? 0) }));
      await keptPieces.drop(id, number);
    }
    const last = now();
    if (!last?.ended) return;
    const made = last.made - last.lost;
    if (there.state === "recording" && made > 0) await recordingsAPI.finish(id, made);
    await forgetKept(id);
    if (made > 0) finished(id);
  } catch (error) {
    if (error instanceof APIError && [404, 409, 413, 422].includes(error.status)) return stick(id, describe(error));
    throw error;
  }
}

async function begun(recording: KeptRecording): Promise<Recording> {
  const there = await recordingsAPI.begin(recording.id, recording.title);
  confirmed.set((before) => ({ ...before, [recording.id]: there.next + recording.lost }));
  return there;
}

function stick(id: string, problem: string): void {
  pieceSending.set({ state: "stuck", id, problem });
}
