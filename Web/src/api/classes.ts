import { baseURL } from "../routing/base";
import { call } from "./client";
import type { Class, ClassInvitation, ClassInvitationList, ClassMember, ClassQuizResults, ClassResults, NewClassInvitation, ShownClass } from "./generated/schemas";
import type { SharedKind } from "./sharing";

export type { Class, ClassInvitation, ClassInvitationList, ClassMember, ClassQuizResults, ClassResults, ShownClass };

/** By what a student joins: what stands in a link, or a short code. */
export type ClassKey = { token: string } | { code: string };

/** An invitation to a class that was just made; no link where it is mailed. */
export interface MadeClassInvitation {
  invitation: ClassInvitation;
  link: string | null;
}

export const classes = {
  list: async (signal?: AbortSignal): Promise<Class[]> => (await call("GET /classes", { signal })).data,
  get: (id: string, signal?: AbortSignal) => call("GET /classes/{id}", { path: { id }, signal }),
  make: (name: string, about: string) => call("POST /classes", { body: { name, about } }),
  change: (id: string, change: { name?: string; about?: string; is_archived?: boolean }) => call("PATCH /classes/{id}", { path: { id }, body: change }),
  remove: (id: string) => call("DELETE /classes/{id}", { path: { id } }),
  members: async (id: string, signal?: AbortSignal): Promise<ClassMember[]> => (await call("GET /classes/{id}/members", { path: { id }, signal })).data,
  letGo: (id: string, member: string) => call("DELETE /classes/{id}/members/{member_id}", { path: { id, member_id: member } }),
  leave: (id: string) => call("DELETE /classes/{id}/members/{member_id}", { path: { id, member_id: "me" } }),
  newCode: (id: string) => call("POST /classes/{id}/code", { path: { id } }),
  dropCode: (id: string) => call("DELETE /classes/{id}/code", { path: { id } }),
  invitations: (id: string, signal?: AbortSignal) => call("GET /classes/{id}/invitations", { path: { id }, signal }),
  async invite(id: string, wish: NewClassInvitation): Promise<MadeClassInvitation> {
    const { invitation, page } = await call("POST /classes/{id}/invitations", { path: { id }, body: wish });
    return { invitation, link: page === undefined ? null : new URL(page, baseURL).href };
  },
  revoke: (id: string, invitation: string) => call("DELETE /classes/{id}/invitations/{invitation}", { path: { id, invitation } }),
  look: (key: ClassKey): Promise<ShownClass> => call("POST /classes/look", { body: key }),
  join: (key: ClassKey) => call("POST /classes/join", { body: key }),
  share: (id: string, kind: SharedKind, thing: string) => call("POST /classes/{id}/shares", { path: { id }, body: { kind, id: thing } }),
  unshare: (id: string, share: string) => call("DELETE /classes/{id}/shares/{share}", { path: { id, share } }),
  results: (id: string, signal?: AbortSignal): Promise<ClassResults> => call("GET /classes/{id}/results", { path: { id }, signal }),
  quizResults: (id: string, quiz: string, signal?: AbortSignal): Promise<ClassQuizResults> => call("GET /classes/{id}/results/{quiz}", { path: { id, quiz }, signal }),
};
