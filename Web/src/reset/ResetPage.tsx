import { FormEvent, useState } from "react";
import { APIError, describe } from "../api/errors";
import { choosePassword } from "../api/passwordReset";
import { Field } from "../design/Field";
import { MonsterMark } from "../design/Monster";
import { Problem } from "../design/Notice";
import { Link } from "../routing/Link";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { CodeField } from "../session/CodeField";
import { takeUp } from "../session/session";
import { t } from "../strings/t";

/** Behind a one-time link: a new password, which signs in. The token stands after the sign of a fragment, which no server's log sees. */
export default function ResetPage() {
  const heading = usePage(t("reset.title"));
  const [token] = useState(() => new URLSearchParams(window.location.hash.slice(1)).get("token") ?? "");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const tokens = await choosePassword(token, password, code ?? "");
      navigate(paths.home, { replace: true });
      takeUp(tokens);
    } catch (error) {
      setBusy(false);
      if (error instanceof APIError && error.details["code"] !== undefined) {
        if (code !== null) setProblem(t("session.codeNotRight"));
        return setCode("");
      }
      setProblem(error instanceof APIError && error.status === 404 ? t("reset.spent") : describe(error));
    }
  };

  return (
    <main className="reset-page">
      <form onSubmit={(event) => void submit(event)}>
        <p className="brand"><MonsterMark /> <span>Little Monster</span></p>
        <h1 ref={heading} tabIndex={-1}>{t("reset.title")}</h1>
        {token === "" ? <Problem>{t("reset.noToken")}</Problem> : null}
        {problem ? <Problem>{problem}</Problem> : null}
        <Field
          label={t("reset.password")} type="password" autoComplete="new-password" required minLength={10} maxLength={1024} value={password} autoFocus
          hint={t("reset.hint")} onChange={(event) => setPassword(event.target.value)}
        />
        {code === null ? null : <CodeField value={code} onChange={setCode} autoFocus />}
        <button type="submit" className="button primary" disabled={busy || token === ""}>{t("reset.save")}</button>
        <p><Link to={paths.home}>{t("reset.leave")}</Link></p>
      </form>
    </main>
  );
}
