import { Browser, notificationsAPI } from "../api/notifications";
import { session } from "../session/session";
import { keepText, keptText } from "../state/kept";
import { deviceName } from "../design/deviceName";
import { t } from "../strings/t";

/** Whether this browser can show what is pushed to it, and may. */
export type PushAbility = "able" | "denied" | "unsupported" | "insecure" | "homeScreen";

/** Who turned pushes on in this browser: nobody else who signs in here is told by them. */
const key = "little-monster-push";

export function pushAbility(): PushAbility {
  if (!window.isSecureContext) return "insecure";
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) {
    // There only what was added to the home screen is told.
    return /\b(iPhone|iPad)\b/.test(navigator.userAgent) ? "homeScreen" : "unsupported";
  }
  return Notification.permission === "denied" ? "denied" : "able";
}

/** Asks for leave, subscribes this browser and tells the server. Called by a press of a button alone. */
export async function turnPushOn(): Promise<Browser> {
  if ((await Notification.requestPermission()) !== "granted") throw new Error(t("notifications.pushNotAllowed"));
  const manager = (await worker()).pushManager;
  const wanted = await notificationsAPI.key();
  try {
    const known = await manager.getSubscription();
    // One for another server's key, or another database's, is of no use.
    if (known && encoded(known.options.applicationServerKey) !== wanted) await known.unsubscribe();
    const made = await manager.subscribe({ userVisibleOnly: true, applicationServerKey: wanted });
    return await tell(made);
  } catch (error) {
    if (error instanceof DOMException) throw new Error(t("notifications.pushServiceAway"), { cause: error });
    throw error;
  }
}

/** Ends this browser's subscription, here and at the server. */
export async function turnPushOff(browser: Browser): Promise<void> {
  await notificationsAPI.unsubscribe(browser.id);
  await endPush();
}

async function endPush(): Promise<void> {
  keepText(key, null);
  await (await subscribed())?.unsubscribe();
}

/** The subscription of this browser belongs to a sign-in: after another one of the same person it is told again. */
export function renewPush(): void {
  if (pushAbility() !== "able" || Notification.permission !== "granted") return;
  void subscribed()
    .then(async (subscription) => {
      if (!subscription) return;
      if (keptText(key) === userID()) await tell(subscription);
      else await subscription.unsubscribe();
    })
    .catch(() => undefined);
}

async function tell(subscription: PushSubscription): Promise<Browser> {
  const { endpoint, keys } = subscription.toJSON();
  const browser = await notificationsAPI.subscribe(
    endpoint ?? "", { p256dh: keys?.["p256dh"] ?? "", auth: keys?.["auth"] ?? "" }, deviceName(navigator.userAgent).slice(0, 100),
  );
  keepText(key, userID());
  return browser;
}

async function subscribed(): Promise<PushSubscription | null> {
  return (await (await navigator.serviceWorker.getRegistration())?.pushManager.getSubscription()) ?? null;
}

/** The app's worker, which is on its way when the page has just been opened. */
function worker(): Promise<ServiceWorkerRegistration> {
  return Promise.race([
    navigator.serviceWorker.ready,
    new Promise<never>((_, reject) => void window.setTimeout(() => reject(new Error(t("notifications.noWorker"))), 10_000)),
  ]);
}

function userID(): string {
  const current = session.get();
  return current.phase === "signedIn" ? current.user.id : "";
}

/** Bytes in base64url, as the server writes its key. */
function encoded(bytes: ArrayBuffer | null): string {
  if (bytes === null) return "";
  const text = btoa(String.fromCharCode(...new Uint8Array(bytes)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
