import { session } from "../../session/session";
import { Store } from "../../state/store";
import { keptPieces, KeptRecording } from "./keptPieces";

/** What of this person's recordings is on this device, the oldest first. */
export const kept = new Store<readonly KeptRecording[]>([]);

export function userID(): string | null {
  const now = session.get();
  return now.phase === "signedIn" ? now.user.id : null;
}

/** Until `letGo`, other tabs leave a recording alone. */
export function holdHere(id: string): void {
  void navigator.locks?.request(lockOf(id), () => new Promise<void>((resolve) => (letGo = resolve)));
}

export let letGo: () => void = () => undefined;

const lockOf = (id: string) => `recording ${id}`;

export async function readKept(): Promise<void> {
  const user = userID();
  if (user === null) return;
  // A browser that keeps nothing has nothing to show.
  const found = await keptPieces.recordings(user).catch(() => []);
  const held = new Set(((await navigator.locks?.query())?.held ?? []).map(({ name }) => name));
  kept.set(found.filter(({ id }) => !held.has(lockOf(id))).sort((one, other) => one.begunAt - other.begunAt));
}

export function findKept(id: string): KeptRecording | null {
  return kept.get().find((each) => each.id === id) ?? null;
}

/** As it is now, here and on the disk. */
export function putKept(recording: KeptRecording): void {
  kept.set((now) => (now.some(({ id }) => id === recording.id) ? now.map((each) => (each.id === recording.id ? recording : each)) : [...now, recording]));
}

export async function forgetKept(id: string): Promise<void> {
  await keptPieces.forget(id);
  kept.set((now) => now.filter((each) => each.id !== id));
}
