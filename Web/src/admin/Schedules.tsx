import { adminAPI, type JobSchedule } from "../api/admin";
import { dayText, timeText } from "../strings/days";
import { t } from "../strings/t";
import { jobStates } from "./jobStates";

interface Props {
  schedules: readonly JobSchedule[];
  /** Does something, and reads everything again. */
  act: (doing: Promise<unknown>) => void;
}

/** What the server does again and again: when, what came of it last, and doing it now. */
export function Schedules({ schedules, act }: Props) {
  return (
    <details className="jobs-schedules">
      <summary>{t("admin.schedules", { count: schedules.length })}</summary>
      <div className="jobs-queues" role="region" tabIndex={0} aria-label={t("admin.schedulesTable")}>
        <table>
          <thead><tr><th scope="col">{t("admin.schedule")}</th><th scope="col">{t("admin.when")}</th><th scope="col">{t("admin.nextRun")}</th><th scope="col">{t("admin.lastRun")}</th><th scope="col"><span className="visually-hidden">{t("admin.runNow")}</span></th></tr></thead>
          <tbody>
            {schedules.map((each) => (
              <tr key={each.name}>
                <th scope="row"><code>{each.name}</code></th>
                <td>{whenText(each)}</td>
                <td>{each.next_run_at ? momentText(each.next_run_at) : ""}</td>
                <td>{lastText(each)}</td>
                <td><button type="button" className="button" onClick={() => act(adminAPI.runSchedule(each.name))} aria-label={t("admin.runNowOf", { name: each.name })}>{t("admin.runNow")}</button></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

const momentText = (time: string): string => (dayText(time) === t("strings.today") ? timeText(time) : `${dayText(time)}, ${timeText(time)}`);

function whenText({ every_seconds: seconds, cron, time_zone: zone }: JobSchedule) {
  if (cron !== undefined) return <><code>{cron}</code> {zone}</>;
  const minutes = (seconds ?? 0) / 60;
  return minutes >= 60 ? t("admin.everyHours", { count: minutes / 60 }) : t("admin.everyMinutes", { count: minutes });
}

function lastText({ last_run: run, last_due_at: due }: JobSchedule): string {
  if (run === undefined) return due === undefined ? t("admin.notYet") : momentText(due);
  return `${jobStates[run.state]}, ${momentText(run.finished_at ?? run.started_at ?? run.created_at)}`;
}
