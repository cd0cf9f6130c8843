import { Store } from "../state/store";

/** Whether the last request reached the server. */
export const reachable = new Store(true);

if (typeof window !== "undefined") window.addEventListener("offline", () => reachable.set(false));
