import { useCallback, useEffect, useState } from "react";
import { adminAPI, Backups as Standing } from "../api/admin";
import { describe, isAbort } from "../api/errors";
import { Icon } from "../design/Icon";
import { Meter } from "../design/Meter";
import { Loading, Problem } from "../design/Notice";
import { onLiveEvent } from "../events/liveEvents";
import { fileSize } from "../strings/amounts";
import { dayText, timeText } from "../strings/days";
import { formatted, messageFor, t } from "../strings/t";

/** How far the job is, as its owner's event stream tells it. */
interface Step {
  stage: string;
  fraction: number | null;
}

/** What back-ups there are, and one now. */
export function Backups() {
  const [standing, setStanding] = useState<Standing | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [step, setStep] = useState<Step | null>(null);
  const [turn, setTurn] = useState(0);
  const again = useCallback(() => setTurn((now) => now + 1), []);
  useEffect(() => {
    const controller = new AbortController();
    setProblem(null);
    adminAPI.backups(controller.signal).then(setStanding, (error: unknown) => !isAbort(error) && setProblem(describe(error)));
    return () => controller.abort();
  }, [turn]);
  const job = standing?.job_id;
  useEffect(() => {
    if (job === undefined) return setStep(null);
    const unfollow = onLiveEvent((event) => {
      if (event.type === "resync") return again();
      if (event.type !== "job.progress" || event.payload.job_id !== job) return;
      const { state, progress } = event.payload;
      if (progress) setStep({ stage: progress.stage, fraction: progress.total > 0 ? progress.done / progress.total : null });
      if (state !== "running" && state !== "pending") again();
    });
    // The schedule's own back-ups tell nobody of their progress.
    const timer = window.setInterval(again, 5000);
    return () => {
      unfollow();
      window.clearInterval(timer);
    };
  }, [job, again]);
  const make = () => {
    adminAPI.backUp().then(again, (error: unknown) => setProblem(describe(error)));
  };
  if (problem) return <Problem action={{ label: t("admin.tryAgain"), run: again }}>{problem}</Problem>;
  if (standing === null) return <Loading label={t("admin.readingBackups")} />;
  if (!standing.is_on) return <p className="sub">{t("admin.noBackups")}</p>;
  return (
    <section className="backups" aria-label={t("admin.backups")}>
      <dl>
        <div><dt>{t("admin.backupPlace")}</dt><dd><code>{standing.place}</code></dd></div>
        <div><dt>{t("admin.backupSchedule")}</dt><dd>{scheduleText(standing.schedule)}</dd></div>
        <div><dt>{t("admin.backupKeys")}</dt><dd>{standing.is_encrypted ? t("admin.encrypted") : t("admin.notEncrypted")}</dd></div>
        {standing.continuous_until ? <div><dt>{t("admin.continuous")}</dt><dd>{t("admin.continuousUntil", { time: timeText(standing.continuous_until) })}</dd></div> : null}
      </dl>
      {standing.has_keys ? null : <p className="backups-warning"><Icon name="alert" size={18} /> {t("admin.withoutKeys")}</p>}
      {job === undefined ? <button type="button" className="button primary" onClick={make}>{t("admin.backUpNow")}</button> : (
        <div className="backups-running" role="status">
          <p>{stageText(step?.stage)}</p>
          <Meter label={t("admin.backingUp")} fraction={step?.fraction ?? null} />
        </div>
      )}
      <h2>{t("admin.lastBackups")}</h2>
      {standing.data.length === 0 ? <p className="sub">{t("admin.noBackupYet")}</p> : null}
      <ul aria-label={t("admin.lastBackups")}>
        {standing.data.map((attempt) => (
          <li key={attempt.ended_at} data-ok={attempt.error === undefined ? "" : undefined}>
            <Icon name={attempt.error === undefined ? "check" : "alert"} size={18} />
            <strong>{dayText(attempt.ended_at)}, {timeText(attempt.ended_at)}</strong>
            {attempt.error === undefined ? <span>{t("admin.backupFacts", { count: attempt.files, size: fileSize(attempt.size), added: fileSize(attempt.added) })}</span> : <span lang="en">{attempt.error}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What was set: one of two words, or what cron is told. */
function scheduleText(schedule: string) {
  if (schedule === "daily") return t("admin.daily");
  return schedule === "hourly" ? t("admin.hourly") : <code>{schedule}</code>;
}

/** What is done now; a stage that a newer server has goes without a name. */
function stageText(stage: string | undefined): string {
  const message = stage === undefined ? undefined : messageFor("stages", stage);
  return message === undefined ? t("admin.backingUp") : formatted(message, {});
}
