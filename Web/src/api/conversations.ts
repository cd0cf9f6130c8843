import { authorizedFetch, getJSON, Page, queryString, sendJSON } from "./client";

export interface Conversation {
  id: string;
  title?: string | null;
  document_ids?: string[] | null;
  created_at?: string;
  updated_at?: string;
}

/** A passage that an answer rests on. */
export interface Citation {
  number: number;
  document_id: string;
  chunk_id: string;
  title: string;
  page?: number | null;
  section?: string | null;
  quote: string;
  score?: number;
}

export type MessageStatus = "streaming" | "completed" | "stopped" | "failed";

export interface Message {
  id: string;
  role: "user" | "assistant";
  content: string;
  citations: Citation[];
  status: MessageStatus;
  error?: string | { message?: string } | null;
  created_at?: string;
}

const path = (id: string) => `/chat/conversations/${encodeURIComponent(id)}`;
const messagePath = (id: string) => `/chat/messages/${encodeURIComponent(id)}`;

export const conversations = {
  list: (page: number, limit: number) => getJSON<Page<Conversation>>(`/chat/conversations${queryString({ page, limit })}`),
  get: (id: string) => getJSON<Conversation>(path(id)),
  create: (documentIDs: string[]) =>
    sendJSON<Conversation>("POST", "/chat/conversations", documentIDs.length > 0 ? { document_ids: documentIDs } : {}),
  change: (id: string, change: { title?: string; document_ids?: string[] | null }) => sendJSON<Conversation>("PATCH", path(id), change),
  /** Goes on even when the page is being closed. */
  remove: (id: string) => authorizedFetch(path(id), { method: "DELETE", keepalive: true }),
  messages: (id: string, page: number, limit: number, signal?: AbortSignal) =>
    getJSON<Page<Message>>(`${path(id)}/messages${queryString({ page, limit })}`, signal),
  stop: (message: string) => sendJSON<unknown>("POST", `${messagePath(message)}/stop`),
  sendPath: (id: string) => `${path(id)}/messages`,
  regeneratePath: (message: string) => `${messagePath(message)}/regenerate`,
  streamPath: (message: string) => `${messagePath(message)}/stream`,
};
