import { assetURL } from "../routing/base";

/** Keeps the app's own files in this browser, so that it opens without a network and says what is the matter. */
export function keepForOffline(): void {
  if (!("serviceWorker" in navigator)) return;
  // A browser that forbids it, as in a private window, goes without.
  navigator.serviceWorker.register(assetURL("worker.js"), { updateViaCache: "none" }).catch(() => undefined);
}
