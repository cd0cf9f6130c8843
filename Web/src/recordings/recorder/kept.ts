import { session } from "../../session/session";
import { Store } from "../../state/store";
import { keptPieces, KeptRecording } from "./keptPieces";

/** What of this person's recordings is on this device, the oldest first. */
export const kept = new Store<readonly KeptRecording[]>([]);

export function userID(): string | null {
  const now = session.get();
  return now.phase === "signedIn" ? now.user.id : null;
}

/** @param mine the recording that runs in this tab, which stays. */
export async function readKept(mine: string | null = null): Promise<void> {
  const user = userID();
  if (user === null) return;
  // A browser that keeps nothing has nothing to show.
  const found = await keptPieces.recordings(user).catch(() => []);
  const held = new Set(((await navigator.locks?.query())?.held ?? []).map(({ name }) => name));
  // What runs here is ahead of the disk.
  const here = kept.get().filter(({ id }) => id === mine);
  kept.set([...found.filter(({ id }) => id !== mine && !held.has(`recording ${id}`)), ...here].sort((one, other) => one.begunAt - other.begunAt));
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
