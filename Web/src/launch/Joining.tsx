import { useState } from "react";
import { describe } from "../api/errors";
import { Launch, platforms } from "../api/platforms";
import { Problem } from "../design/Notice";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { t } from "../strings/t";

/** What taking part in the course's class means, before it happens. */
export function Joining({ launch, onJoined }: { launch: Launch; onJoined: (launch: Launch) => void }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const teacher = launch.teacher ?? "";
  const join = async () => {
    setBusy(true);
    setProblem(null);
    try {
      onJoined(await platforms.join(launch.id));
    } catch (error) {
      setProblem(describe(error));
      setBusy(false);
    }
  };
  return (
    <>
      {launch.title ? <p>{t("launch.linked", { title: launch.title, platform: launch.platform })}</p> : null}
      <p>{t("launch.joinWhy", { name: launch.class_name ?? "", teacher })}</p>
      {problem ? <Problem>{problem}</Problem> : null}
      <h2>{t("launch.sees", { teacher })}</h2>
      <ul>
        <li>{t("launch.seesName")}</li>
        <li>{t("launch.seesResults")}</li>
        {launch.is_graded ? <li>{t("launch.seesGrade", { platform: launch.platform })}</li> : null}
      </ul>
      <p>{t("launch.seesNothing")}</p>
      <p className="launch-buttons">
        <button type="button" className="button primary" disabled={busy} onClick={() => void join()}>{t("launch.agree")}</button>
        <Link className="button" to={paths.home}>{t("launch.cancel")}</Link>
      </p>
    </>
  );
}
