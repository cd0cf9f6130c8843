import { call } from "./client";
import type { Share } from "./generated/schemas";

export type { Share };

/** What can be shared with others, who read it and change nothing. */
export type SharedKind = "document" | "course";

export const sharing = {
  list: (kind: SharedKind, id: string, signal?: AbortSignal) =>
    kind === "document" ? call("GET /documents/{id}/shares", { path: { id }, signal }) : call("GET /courses/{id}/shares", { path: { id }, signal }),
  add: (kind: SharedKind, id: string, email: string): Promise<Share> =>
    kind === "document" ? call("POST /documents/{id}/shares", { path: { id }, body: { email } }) : call("POST /courses/{id}/shares", { path: { id }, body: { email } }),
  /** Ends it for somebody: at once. */
  end: (kind: SharedKind, id: string, member: string) => remove(kind, id, member, false),
  /** Leaves what another shares. Goes on even when the page is being closed. */
  leave: (kind: SharedKind, id: string) => remove(kind, id, "me", true),
};

function remove(kind: SharedKind, id: string, member: string, keepalive: boolean): Promise<unknown> {
  const path = { id, member_id: member };
  return kind === "document" ? call("DELETE /documents/{id}/shares/{member_id}", { path, keepalive }) : call("DELETE /courses/{id}/shares/{member_id}", { path, keepalive });
}
