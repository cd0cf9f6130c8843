import { useCallback, useEffect, useState } from "react";
import { adminAPI, type JobEntry, type JobQueueEntry, type JobSchedule } from "../api/admin";
import { describe, isAbort } from "../api/errors";
import { Icon } from "../design/Icon";
import { Loading, Problem } from "../design/Notice";
import { Segments } from "../design/Segments";
import { dayText, timeText } from "../strings/days";
import { t } from "../strings/t";
import { jobStates } from "./jobStates";
import { Schedules } from "./Schedules";

type Shown = "running" | "dead" | "all";

interface Found {
  queues: readonly JobQueueEntry[];
  schedules: readonly JobSchedule[];
  jobs: readonly JobEntry[];
  total: number;
}

/** What the server works on, and what failed for good. */
export function Jobs() {
  const [shown, setShown] = useState<Shown>("dead");
  const [found, setFound] = useState<Found | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  const again = useCallback(() => setTurn((now) => now + 1), []);
  useEffect(() => {
    const controller = new AbortController();
    setProblem(null);
    Promise.all([adminAPI.jobQueues(controller.signal), adminAPI.jobSchedules(controller.signal), adminAPI.jobs(shown === "all" ? undefined : shown, controller.signal)]).then(
      ([queues, schedules, { data, pagination }]) => setFound({ queues, schedules, jobs: data, total: pagination.total }),
      (error: unknown) => !isAbort(error) && setProblem(describe(error)),
    );
    return () => controller.abort();
  }, [shown, turn]);
  const act = (doing: Promise<unknown>) => void doing.then(again, (error: unknown) => setProblem(describe(error)));
  if (problem) return <Problem action={{ label: t("admin.tryAgain"), run: again }}>{problem}</Problem>;
  if (found === null) return <Loading label={t("admin.readingJobs")} />;
  const deadKinds = shown === "dead" ? [...new Set(found.jobs.map((job) => job.kind))] : [];
  return (
    <section className="jobs" aria-label={t("admin.jobs")}>
      <div className="jobs-queues" role="region" tabIndex={0} aria-label={t("admin.queues")}>
        <table>
          <caption>{t("admin.queues")}</caption>
          <thead><tr><th scope="col">{t("admin.queue")}</th><th scope="col">{t("admin.waiting")}</th><th scope="col">{t("admin.running")}</th><th scope="col">{t("admin.failing")}</th><th scope="col">{t("admin.dead")}</th></tr></thead>
          <tbody>
            {found.queues.map((each) => (
              <tr key={each.queue}><th scope="row"><code>{each.queue}</code></th><td>{each.waiting}</td><td>{each.running}</td><td>{each.failed}</td><td>{each.dead}</td></tr>
            ))}
          </tbody>
        </table>
      </div>
      <Schedules schedules={found.schedules} act={act} />
      <div className="jobs-head">
        <Segments<Shown>
          label={t("admin.whichJobs")} value={shown} onChange={setShown}
          choices={[{ value: "dead", label: t("admin.dead") }, { value: "running", label: t("admin.running") }, { value: "all", label: t("admin.all") }]}
        />
        <button type="button" className="button" onClick={again}><Icon name="retry" size={18} /> {t("admin.lookAgain")}</button>
        {deadKinds.map((kind) => <button key={kind} type="button" className="button" onClick={() => act(adminAPI.retryDead(kind))}>{t("admin.retryAll", { kind })}</button>)}
      </div>
      <p className="sub">{t("admin.jobCount", { count: found.total })}</p>
      <ul aria-label={t("admin.jobs")}>
        {found.jobs.map((job) => (
          <li key={job.id}>
            <div>
              <p><code>{job.kind}</code> <span className="tag">{jobStates[job.state]}</span></p>
              <p className="people-facts">{[`${dayText(job.created_at)}, ${timeText(job.created_at)}`, t("admin.attempts", { done: job.attempts, of: job.max_attempts }), job.state === "running" ? (job.progress?.stage ?? "") : ""].filter(Boolean).join(" · ")}</p>
              {job.error ? <p className="people-facts" lang="en">{job.error.message}</p> : null}
            </div>
            {job.state === "dead" || job.state === "cancelled" || job.state === "failed" ? <button type="button" className="button" onClick={() => act(adminAPI.retryJob(job.id))} aria-label={t("admin.retryOf", { kind: job.kind })}>{t("admin.tryAgain")}</button> : null}
            {job.state === "pending" || job.state === "running" || job.state === "failed" ? <button type="button" className="button" onClick={() => act(adminAPI.cancelJob(job.id))} aria-label={t("admin.cancelOf", { kind: job.kind })}>{t("admin.stop")}</button> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
