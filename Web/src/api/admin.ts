import { baseURL } from "../routing/base";
import { t } from "../strings/t";
import { authorizedFetch, call } from "./client";
import { ConnectionError } from "./errors";
import { addressOf } from "./routes";
import type { AuditEntryView, Backups, Invitation, InvitationList, JobEntryView, JobQueueEntry, JobScheduleEntry, NewInvitation, Pagination, Readiness, StatusView, UserEntryView } from "./generated/schemas";

export type { Invitation, InvitationList };

/** An invitation that was just made; no link where it is mailed. */
export interface MadeInvitation {
  invitation: Invitation;
  link: string | null;
}

/** An account as the administrator sees it. */
export type Person = UserEntryView;

export type { Backups, JobQueueEntry };

/** A job as the administrator sees it. */
export type JobEntry = JobEntryView;

/** What the server does again and again. */
export type JobSchedule = JobScheduleEntry;

/** What the server's own probe of its parts answers. */
export interface Health {
  ready: boolean;
  checks: { name: string; ok: boolean; detail: string }[];
}

/** A page of the audit log. */
export interface AuditPage {
  data: readonly AuditEntryView[];
  pagination: Pagination;
}

/** What of the audit log is asked for; days are the reader's own. */
export interface AuditWish {
  kind?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
}

/** The moment at which a day begins where the reader is. */
function moments({ kind, since, until }: AuditWish) {
  const start = (day: string | undefined) => (day === undefined ? undefined : new Date(`${day}T00:00:00`).toISOString());
  return { ...(kind === undefined ? {} : { kind }), ...(since === undefined ? {} : { since: start(since) as string }), ...(until === undefined ? {} : { until: start(until) as string }) };
}

export const adminAPI = {
  audit: (wish: AuditWish, page: number, signal?: AbortSignal): Promise<AuditPage> => call("GET /admin/audit", { query: { ...moments(wish), page, limit: 50 }, signal }),
  auditFile: async (format: "csv" | "jsonl", wish: AuditWish): Promise<Blob> =>
    (await authorizedFetch(addressOf("GET /admin/audit/export", { query: { ...moments(wish), format } }))).blob(),
  verifyAudit: () => call("GET /admin/audit/verification", {}),
  status: (signal?: AbortSignal): Promise<StatusView> => call("GET /admin/status", { signal }),
  async people(signal?: AbortSignal): Promise<Person[]> {
    const list: Person[] = [];
    for (let page = 1; ; page += 1) {
      const { data, pagination } = await call("GET /admin/users", { query: { page, limit: 100 }, signal });
      list.push(...data);
      if (page >= pagination.pages) return list;
    }
  },
  /** Gives a person another role; who may no longer do something is signed out everywhere. */
  setRole: (id: string, role: Person["role"]) => call("PATCH /admin/users/{id}", { path: { id }, body: { role } }),
  /** A link, good once and not for long, behind which the person chooses a new password. */
  async resetPassword(id: string): Promise<{ link: string; until: string }> {
    const { page, expires_at: until } = await call("POST /admin/users/{id}/reset-password", { path: { id } });
    return { link: new URL(page, baseURL).href, until };
  },
  invitations: (signal?: AbortSignal) => call("GET /admin/invitations", { signal }),
  async invite(wish: NewInvitation): Promise<MadeInvitation> {
    const { invitation, page } = await call("POST /admin/invitations", { body: wish });
    return { invitation, link: page === undefined ? null : new URL(page, baseURL).href };
  },
  revokeInvitation: (id: string) => call("DELETE /admin/invitations/{id}", { path: { id } }),
  backups: (signal?: AbortSignal): Promise<Backups> => call("GET /admin/backups", { signal }),
  /** Has one made now; while one is being made, that is it. */
  backUp: () => call("POST /admin/backups", {}),
  /** The newest of everybody's jobs. */
  jobs: (state: JobEntry["state"] | undefined, signal?: AbortSignal) => call("GET /admin/jobs", { query: { limit: 50, ...(state ? { state } : {}) }, signal }),
  async jobQueues(signal?: AbortSignal): Promise<JobQueueEntry[]> {
    return (await call("GET /admin/jobs/queues", { signal })).data;
  },
  async jobSchedules(signal?: AbortSignal): Promise<JobSchedule[]> {
    return (await call("GET /admin/jobs/schedules", { signal })).data;
  },
  /** Does now what a schedule does later. */
  runSchedule: (name: string) => call("POST /admin/jobs/schedules/{name}/run", { path: { name } }),
  retryJob: (id: string) => call("POST /admin/jobs/{id}/retry", { path: { id } }),
  cancelJob: (id: string) => call("POST /admin/jobs/{id}/cancel", { path: { id } }),
  retryDead: (kind: string) => call("POST /admin/jobs/retry-dead", { body: { kind } }),
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
