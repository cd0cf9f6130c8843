import { call } from "./client";
import type { Memory, MemoryExport, Pagination } from "./generated/schemas";

export type { Memory, MemoryExport };
export type MemoryKind = Memory["kind"];

export const kinds: readonly MemoryKind[] = ["preference", "goal", "fact", "weak_topic", "feeling"];

export const memories = {
  list: (page: number, limit: number, limits: { text?: string; ids?: string } = {}, signal?: AbortSignal): Promise<{ data: Memory[]; pagination: Pagination }> =>
    call("GET /memories", { query: { page, limit, ...(limits.text ? { q: limits.text } : {}), ...(limits.ids ? { ids: limits.ids } : {}) }, signal }),
  make: (kind: MemoryKind, text: string): Promise<Memory> => call("POST /memories", { body: { kind, text } }),
  change: (id: string, change: { text?: string; kind?: MemoryKind; is_pinned?: boolean }): Promise<Memory> => call("PATCH /memories/{id}", { path: { id }, body: change }),
  /** Goes on even when the page is being closed. */
  forget: (id: string) => call("DELETE /memories/{id}", { path: { id }, keepalive: true }),
  forgetAll: () => call("DELETE /memories", {}),
  exported: (): Promise<MemoryExport> => call("GET /memories/export", {}),
  isOn: async (signal?: AbortSignal): Promise<boolean> => (await call("GET /memories/settings", { signal })).is_on,
  turn: async (on: boolean): Promise<boolean> => (await call("PUT /memories/settings", { body: { is_on: on } })).is_on,
};
