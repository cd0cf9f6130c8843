import { Store } from "../state/store";

/** Whether the last request reached the server. */
export const reachable = new Store(true);

/** Whether the server tells of what happens. While it does not, pages ask now and then instead. */
export const live = new Store(false);

if (typeof window !== "undefined") window.addEventListener("offline", () => reachable.set(false));
