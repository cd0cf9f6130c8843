import { useState } from "react";
import { APIError, describe } from "../api/errors";
import { turnMailOff } from "../api/notifications";
import { MonsterMark } from "../design/Monster";
import { Problem } from "../design/Notice";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { t } from "../strings/t";

/** Behind a link in a message: no more reminders by mail, whoever is signed in here. Nothing changes until the button is pressed. */
export default function UnsubscribePage() {
  const heading = usePage(t("unsubscribe.title"));
  const [token] = useState(() => new URLSearchParams(window.location.hash.slice(1)).get("token") ?? "");
  const [phase, setPhase] = useState<"asking" | "busy" | "done">("asking");
  const [problem, setProblem] = useState<string | null>(null);
  const run = async () => {
    setPhase("busy");
    setProblem(null);
    try {
      await turnMailOff(token);
      setPhase("done");
      heading.current?.focus();
    } catch (error) {
      setPhase("asking");
      setProblem(error instanceof APIError && error.status === 404 ? t("unsubscribe.noToken") : describe(error));
    }
  };
  return (
    <main className="unsubscribe-page">
      <div>
        <p className="brand"><MonsterMark /> <span>Little Monster</span></p>
        <h1 ref={heading} tabIndex={-1}>{phase === "done" ? t("unsubscribe.done") : t("unsubscribe.title")}</h1>
        {token === "" ? <Problem>{t("unsubscribe.noToken")}</Problem> : null}
        {problem ? <Problem>{problem}</Problem> : null}
        <p>{phase === "done" ? t("unsubscribe.doneWhat") : t("unsubscribe.what")}</p>
        {phase === "done" ? null : <button type="button" className="button primary" disabled={phase === "busy" || token === ""} onClick={() => void run()}>{t("unsubscribe.do")}</button>}
        <p><Link to={paths.settings("notifications")}>{t("unsubscribe.settings")}</Link></p>
      </div>
    </main>
  );
}
