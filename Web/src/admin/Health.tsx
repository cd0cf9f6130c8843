import { useEffect, useState } from "react";
import { Status } from "./Status";
import { adminAPI, Health as Report } from "../api/admin";
import { describe } from "../api/errors";
import { Icon } from "../design/Icon";
import { Loading, Problem } from "../design/Notice";
import { formatted, messageFor, t } from "../strings/t";

/** Which parts of the server work, as its own probe answers. */
export function Health() {
  const [report, setReport] = useState<Report | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    setProblem(null);
    adminAPI.health(controller.signal).then(setReport, (error: unknown) => {
      if (!controller.signal.aborted) setProblem(describe(error));
    });
    return () => controller.abort();
  }, [attempt]);
  const again = () => setAttempt(attempt + 1);
  if (problem) return <Problem action={{ label: t("admin.tryAgain"), run: again }}>{problem}</Problem>;
  if (report === null) return <Loading label={t("admin.probing")} />;
  return (
    <section className="health" aria-label={t("admin.health")}>
      <p className="health-sum" data-ok={report.ready ? "" : undefined}><Icon name={report.ready ? "check" : "alert"} /> {report.ready ? t("admin.allWell") : t("admin.notWell")}</p>
      <ul>
        {report.checks.map(({ name, ok, detail }) => (
          <li key={name} data-ok={ok ? "" : undefined}>
            <Icon name={ok ? "check" : "alert"} size={18} /> <strong>{partText(name)}</strong> {detail ? <span lang="en">{detail}</span> : <span>{ok ? t("admin.works") : t("admin.broken")}</span>}
          </li>
        ))}
      </ul>
      <Status />
      <button type="button" className="button" onClick={again}><Icon name="retry" size={18} /> {t("admin.lookAgain")}</button>
    </section>
  );
}

/** What a part is called; one that a newer server has goes by the server's own name. */
function partText(name: string): string {
  const message = messageFor("parts", name);
  return message === undefined ? name : formatted(message, {});
}
