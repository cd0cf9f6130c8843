import { call } from "./client";
import { ofCourse } from "./documents";
import type { ChatMessage, Citation, Conversation as PlainConversation, ConversationChange, Offer, Pagination } from "./generated/schemas";
import { addressOf } from "./routes";

export type { Citation, Offer };
export type Conversation = PlainConversation & { course_id?: string | null };

/** What a list of conversations is limited to. */
export interface ConversationFilter {
  /** Part of the title. */
  text?: string;
  course?: string | null;
}

/** A question or an answer, as far as it is there: one that is being written knows less of itself than one that is stored. */
export type Message = Pick<ChatMessage, "id" | "role" | "content" | "citations" | "status"> & Partial<ChatMessage>;
export type MessageStatus = ChatMessage["status"];

export const conversations = {
  list: (page: number, limit: number, filter: ConversationFilter = {}, signal?: AbortSignal, after?: string): Promise<{ data: Conversation[]; pagination: Pagination }> =>
    call("GET /chat/conversations", { query: { ...(after === undefined ? { page } : { after }), limit, ...(filter.text ? { q: filter.text } : {}), ...ofCourse(filter.course) }, signal }),
  get: (id: string) => call("GET /chat/conversations/{id}", { path: { id } }),
  create: (documentIDs: string[], course: string | null, remembers = true) =>
    call("POST /chat/conversations", { body: { ...(documentIDs.length > 0 ? { document_ids: documentIDs } : {}), ...ofCourse(course), ...(remembers ? {} : { remembers }) } }),
  change: (id: string, change: ConversationChange & { course_id?: string | null }) => call("PATCH /chat/conversations/{id}", { path: { id }, body: change }),
  /** Goes on even when the page is being closed. */
  remove: (id: string) => call("DELETE /chat/conversations/{id}", { path: { id }, keepalive: true }),
  messages: (id: string, page: number, limit: number, signal?: AbortSignal) =>
    call("GET /chat/conversations/{id}/messages", { path: { id }, query: { page, limit }, signal }),
  /** Questions that what is in scope answers; those of the caller's own that it answers come first. */
  suggestions: (documentIDs: string[], course: string | null, questions: string[], signal?: AbortSignal) =>
    call("POST /chat/suggestions", { body: { ...(documentIDs.length > 0 ? { document_ids: documentIDs } : {}), ...ofCourse(course), questions }, signal }),
  followUps: (message: string, signal?: AbortSignal) => call("GET /chat/messages/{id}/follow-ups", { path: { id: message }, signal }),
  stop: (message: string) => call("POST /chat/messages/{id}/stop", { path: { id: message } }),
  /** Has made what an answer proposes. */
  acceptProposal: (message: string) => call("POST /chat/messages/{id}/proposal", { path: { id: message } }),
  takeBackProposal: (message: string) => call("DELETE /chat/messages/{id}/proposal", { path: { id: message } }),
  sendPath: (id: string) => addressOf("POST /chat/conversations/{id}/messages", { path: { id } }),
  regeneratePath: (message: string) => addressOf("POST /chat/messages/{id}/regenerate", { path: { id: message } }),
  streamPath: (message: string) => addressOf("GET /chat/messages/{id}/stream", { path: { id: message } }),
};
