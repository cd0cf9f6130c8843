import { useEffect, useState } from "react";
import { adminAPI } from "../api/admin";
import type { StatusView } from "../api/generated/schemas";
import { fileSize } from "../strings/amounts";
import { dayText, timeText } from "../strings/days";
import { t } from "../strings/t";

/** What the server is and how it fares: its version, what it serves, its jobs, its disk. Nothing where it does not say. */
export function Status() {
  const [status, setStatus] = useState<StatusView | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    adminAPI.status(controller.signal).then(setStatus, () => undefined);
    return () => controller.abort();
  }, []);
  if (status === null) return null;
  const { jobs, disk, connections, services, version, started_at: started } = status;
  return (
    <dl className="status-facts">
      <dt>{t("admin.version")}</dt><dd>{version}</dd>
      <dt>{t("admin.uptime")}</dt><dd>{t("admin.uptimeFor", { day: dayText(started), time: timeText(started) })}</dd>
      <dt>{t("admin.serves")}</dt><dd>{services.join(", ")}</dd>
      <dt>{t("admin.jobs")}</dt><dd>{t("admin.jobsNow", { pending: jobs.pending + jobs.failed, running: jobs.running, dead: jobs.dead })}</dd>
      {disk ? <><dt>{t("admin.disk")}</dt><dd>{t("admin.diskFree", { free: fileSize(disk.free_bytes), all: fileSize(disk.size_bytes) })}</dd></> : null}
      {connections.map(({ name, used, size }) => <div key={name} className="status-pair"><dt>{t("admin.connections")}{connections.length > 1 ? ` (${name})` : ""}</dt><dd>{t("admin.inUse", { used, size })}</dd></div>)}
    </dl>
  );
}
