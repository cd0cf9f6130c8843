import { call } from "./client";
import type { Share } from "./generated/schemas";

export type { Share };

/** What can be shared with others, who read or take it and change nothing. */
export type SharedKind = "document" | "course" | "quiz";

export const sharing = {
  list: (kind: SharedKind, id: string, signal?: AbortSignal) => {
    const path = { path: { id }, signal };
    if (kind === "quiz") return call("GET /quizzes/{id}/shares", path);
    return kind === "document" ? call("GET /documents/{id}/shares", path) : call("GET /courses/{id}/shares", path);
  },
  add: (kind: SharedKind, id: string, email: string): Promise<Share> => {
    const request = { path: { id }, body: { email } };
    if (kind === "quiz") return call("POST /quizzes/{id}/shares", request);
    return kind === "document" ? call("POST /documents/{id}/shares", request) : call("POST /courses/{id}/shares", request);
  },
  /** Ends it for somebody: at once. */
  end: (kind: SharedKind, id: string, member: string) => remove(kind, id, member, false),
  /** Leaves what another shares. Goes on even when the page is being closed. */
  leave: (kind: SharedKind, id: string) => remove(kind, id, "me", true),
};

function remove(kind: SharedKind, id: string, member: string, keepalive: boolean): Promise<unknown> {
  const request = { path: { id, member_id: member }, keepalive };
  if (kind === "quiz") return call("DELETE /quizzes/{id}/shares/{member_id}", request);
  return kind === "document" ? call("DELETE /documents/{id}/shares/{member_id}", request) : call("DELETE /courses/{id}/shares/{member_id}", request);
}
