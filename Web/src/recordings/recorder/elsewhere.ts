import { Store } from "../../state/store";
import { readKept } from "./kept";
import { sendPieces } from "./sending";

/** The recording that runs in another tab or window of this browser; null where none does. */
export const elsewhere = new Store<string | null>(null);

const prefix = "recording ";
/** Whose end is waited for. */
const waitedFor = new Set<string>();
/** The recording of this tab, which holds its lock as well. */
let mine: string | null = null;
let letGo: () => void = () => undefined;

/** Until `letGoHere`, other tabs leave a recording alone. */
export function holdHere(id: string): void {
  mine = id;
  void navigator.locks?.request(prefix + id, () => {
    tellOthers();
    return new Promise<void>((resolve) => (letGo = resolve));
  });
}

export function letGoHere(): void {
  mine = null;
  letGo();
  letGo = () => undefined;
}

const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("recordings");

function tellOthers(): void {
  channel?.postMessage("recording");
}

/** Looks which recording runs elsewhere, and looks again when that ends, also by the other tab's being closed. */
export async function readElsewhere(): Promise<string | null> {
  const held = (await navigator.locks?.query())?.held ?? [];
  const name = held.map((lock) => lock.name ?? "").find((each) => each.startsWith(prefix) && each !== prefix + (mine ?? ""));
  elsewhere.set(name === undefined ? null : name.slice(prefix.length));
  if (name !== undefined && !waitedFor.has(name)) {
    waitedFor.add(name);
    void navigator.locks.request(name, { mode: "shared" }, () => undefined).then(() => ended(name));
  }
  return elsewhere.get();
}

async function ended(name: string): Promise<void> {
  waitedFor.delete(name);
  await readElsewhere();
  // What the other tab left is sent from here.
  await readKept(mine);
  sendPieces();
}

/** Follows what other tabs do. */
export function followElsewhere(): void {
  channel?.addEventListener("message", () => void readElsewhere());
  void readElsewhere();
}
