import { FormEvent, useState } from "react";
import { accounts } from "../api/accounts";
import { APIError, describe } from "../api/errors";
import { Field } from "../design/Field";
import { MonsterMark } from "../design/Monster";
import { Problem } from "../design/Notice";
import { Link } from "../routing/Link";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { takeGoal } from "../session/goalAfterMail";
import { takeUp } from "../session/session";
import { t } from "../strings/t";

/** Behind the link that a newcomer is mailed: with the password that they chose their account is made, and they are in. */
export default function ConfirmSignUpPage() {
  const heading = usePage(t("confirm.signUp"));
  const [token] = useState(() => new URLSearchParams(window.location.hash.slice(1)).get("token") ?? "");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const tokens = await accounts.confirmSignUp(token, password);
      navigate(takeGoal() ?? paths.home, { replace: true });
      takeUp(tokens);
    } catch (error) {
      setBusy(false);
      setProblem(fault(error));
    }
  };

  return (
    <main className="confirm-page">
      <form onSubmit={(event) => void submit(event)}>
        <p className="brand"><MonsterMark /> <span>Little Monster</span></p>
        <h1 ref={heading} tabIndex={-1}>{t("confirm.signUp")}</h1>
        {token === "" ? <Problem>{t("confirm.noToken")}</Problem> : null}
        {problem ? <Problem>{problem}</Problem> : null}
        <p>{t("confirm.signUpWhat")}</p>
        <Field
          label={t("confirm.password")} type="password" autoComplete="current-password" required maxLength={1024} value={password} autoFocus
          onChange={(event) => setPassword(event.target.value)}
        />
        <button type="submit" className="button primary" disabled={busy || token === ""}>{t("confirm.make")}</button>
        <p><Link to={paths.home}>{t("confirm.home")}</Link></p>
      </form>
    </main>
  );
}

function fault(error: unknown): string {
  if (!(error instanceof APIError)) return describe(error);
  if (error.details["password"] !== undefined) return t("confirm.otherPassword");
  return error.status === 404 ? t("confirm.signUpSpent") : describe(error);
}
