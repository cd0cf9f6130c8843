import { Store } from "../state/store";
import { abortable } from "./abortable";

/** Whether the last request reached the server. */
export const reachable = new Store(true);

/** Whether the server tells of what happens. While it does not, pages ask now and then instead. */
export const live = new Store(false);

/** Something that was just asked for was not done, because the server could not be reached; the banner says so. */
export const undone = new Store(false);

reachable.subscribe(() => reachable.get() && undone.set(false));

/** Resolves when something has reached the server. */
export async function untilReachable(signal?: AbortSignal): Promise<void> {
  if (reachable.get()) return;
  let unfollow = () => undefined as unknown;
  const back = new Promise<void>((resolve) => {
    unfollow = reachable.subscribe(() => reachable.get() && resolve());
  });
  await abortable(back, signal, () => undefined).finally(() => unfollow());
}

if (typeof window !== "undefined") window.addEventListener("offline", () => reachable.set(false));
