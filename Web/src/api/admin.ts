import { baseURL } from "../routing/base";
import { authorizedFetch, readAnswer } from "./client";
import { t } from "../strings/t";
import { ConnectionError } from "./errors";

/** An account as the administrator sees it. */
export interface Person {
  id: string;
  email: string;
  display_name: string;
  role: string;
  created_at?: string;
  last_seen_at?: string | null;
}

/** What the server's own probe of its parts answers. */
export interface Health {
  ready: boolean;
  checks: { name: string; ok: boolean; detail: string }[];
}

interface Readiness {
  status: string;
  checks: Record<string, { status: string; message?: string | null; milliseconds?: number }>;
}

export const adminAPI = {
  async people(signal?: AbortSignal): Promise<Person[]> {
    const list: Person[] = [];
    for (let page = 1; ; page += 1) {
      const response = await authorizedFetch(`/admin/users?page=${page}&limit=100`, { headers: { Accept: "application/json" }, ...(signal ? { signal } : {}) });
      const { data, pagination } = await readAnswer<{ data: Person[]; pagination: { pages: number } }>(response);
      list.push(...data);
      if (page >= pagination.pages) return list;
    }
  },
  /** A link, good once and not for long, behind which the person chooses a new password. */
  async resetPassword(id: string): Promise<{ link: string; until: string }> {
    const response = await authorizedFetch(`/admin/users/${encodeURIComponent(id)}/reset-password`, { method: "POST", headers: { Accept: "application/json" } });
    const { page, expires_at: until } = await readAnswer<{ page: string; expires_at: string }>(response);
    return { link: new URL(page, baseURL).href, until };
  },
  /** A part that is down makes the answer 503, which still tells of all parts. */
  async health(signal?: AbortSignal): Promise<Health> {
    const response = await fetch(new URL("ready", baseURL), { headers: { Accept: "application/json" }, ...(signal ? { signal } : {}) }).catch(() => {
      throw new ConnectionError();
    });
    // A proxy may keep the probe to itself.
    const { checks } = await response.json().then((body) => body as Readiness, () => {
      throw new Error(t("api.noHealth"));
    });
    const list = Object.entries(checks ?? {}).map(([name, { status, message, milliseconds }]) => ({
      name, ok: status === "up", detail: message ?? (milliseconds === undefined ? "" : `${milliseconds.toFixed(1)} ms`),
    }));
    return { ready: response.ok, checks: list };
  },
};
