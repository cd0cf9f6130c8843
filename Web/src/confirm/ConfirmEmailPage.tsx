import { useState } from "react";
import { APIError, describe } from "../api/errors";
import { confirmEmail } from "../api/profile";
import { renewToken } from "../api/tokens";
import { MonsterMark } from "../design/Monster";
import { Problem } from "../design/Notice";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { session } from "../session/session";
import { t } from "../strings/t";

/** Behind a one-time link to an address. Nothing changes until the button is pressed: programs that look through mail follow links. */
export default function ConfirmEmailPage() {
  const heading = usePage(t("confirm.title"));
  const [token] = useState(() => new URLSearchParams(window.location.hash.slice(1)).get("token") ?? "");
  const [phase, setPhase] = useState<"asking" | "busy" | { email: string; isChange: boolean }>("asking");
  const [problem, setProblem] = useState<string | null>(null);
  const run = async () => {
    setPhase("busy");
    setProblem(null);
    try {
      const confirmed = await confirmEmail(token);
      setPhase({ email: confirmed.email, isChange: confirmed.is_change });
      // Whoever is signed in here may be who it is about.
      if (session.get().phase === "signedIn") await renewToken().catch(() => undefined);
      heading.current?.focus();
    } catch (error) {
      setPhase("asking");
      setProblem(error instanceof APIError && error.status === 404 ? t("confirm.spent") : describe(error));
    }
  };
  const done = typeof phase === "object" ? phase : null;
  return (
    <main className="confirm-page">
      <div>
        <p className="brand"><MonsterMark /> <span>Little Monster</span></p>
        <h1 ref={heading} tabIndex={-1}>{done ? t("confirm.done") : t("confirm.title")}</h1>
        {token === "" ? <Problem>{t("confirm.noToken")}</Problem> : null}
        {problem ? <Problem>{problem}</Problem> : null}
        <p>{done ? (done.isChange ? t("confirm.changed", { email: done.email }) : t("confirm.verified", { email: done.email })) : t("confirm.what")}</p>
        {done ? null : <button type="button" className="button primary" disabled={phase === "busy" || token === ""} onClick={() => void run()}>{t("confirm.do")}</button>}
        <p><Link to={paths.home}>{t("confirm.home")}</Link></p>
      </div>
    </main>
  );
}
