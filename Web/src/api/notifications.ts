import { call, rawFetch } from "./client";
import { APIError } from "./errors";
import type { NotificationChannels, NotificationSettings, NotificationState, PushSubscription as Browser } from "./generated/schemas";

export type { Browser, NotificationChannels, NotificationSettings, NotificationState };

export const notificationsAPI = {
  state: (signal?: AbortSignal): Promise<NotificationState> => call("GET /notifications/settings", { signal }),
  set: (settings: NotificationSettings): Promise<NotificationState> => call("PUT /notifications/settings", { body: settings }),
  test: (channel: "push" | "mail") => call("POST /notifications/test", { body: { channel } }),
  key: async (): Promise<string> => (await call("GET /push/key", {})).key,
  browsers: async (signal?: AbortSignal): Promise<Browser[]> => (await call("GET /push/subscriptions", { signal })).data,
  subscribe: (endpoint: string, keys: { p256dh: string; auth: string }, deviceName: string): Promise<Browser> =>
    call("POST /push/subscriptions", { body: { endpoint, keys, ...(deviceName === "" ? {} : { device_name: deviceName }) } }),
  unsubscribe: (id: string) => call("DELETE /push/subscriptions/{id}", { path: { id } }),
};

/** Turns reminders by mail off with the token of a link in a message; nobody need be signed in. */
export async function turnMailOff(token: string): Promise<void> {
  const response = await rawFetch(`/notifications/unsubscribe/${encodeURIComponent(token)}`, { method: "POST" });
  if (!response.ok) throw await APIError.from(response);
}
