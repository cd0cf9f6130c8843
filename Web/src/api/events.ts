import type { Events } from "./generated/schemas";

/** What the server tells of the user's things as it happens, and what comes with each kind. */
interface EventPayloads extends Events {
  /** The server no longer knows what was missed: what is shown has to be read anew. */
  resync: Record<string, never>;
}

export type EventName = keyof EventPayloads;

/** Something that happened to what the user owns. */
export type LiveEvent = { [Name in EventName]: { type: Name; payload: EventPayloads[Name] } }[EventName];

/** Whether it tells that something came to be shared, or no longer is: what others share with the user may have changed. */
export function isSharing({ type }: { type: string }): boolean {
  return type.startsWith("share.");
}
