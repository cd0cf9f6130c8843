import type { JobEntry } from "../api/admin";
import { t } from "../strings/t";

/** The states of jobs, as they are shown. */
export const jobStates: Record<JobEntry["state"], string> = {
  pending: t("admin.waiting"), running: t("admin.running"), succeeded: t("admin.succeeded"), failed: t("admin.failing"), dead: t("admin.dead"), cancelled: t("admin.cancelled"),
};
