import { FormEvent, useState } from "react";
import { describe } from "../api/errors";
import { requestReset } from "../api/passwordReset";
import { Field } from "../design/Field";
import { MonsterMark } from "../design/Monster";
import { Problem } from "../design/Notice";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { t } from "../strings/t";

/** Asks for the link to another password. Whether there is such an account is told to nobody. */
export default function ForgotPage() {
  const heading = usePage(t("reset.forgot"));
  const [email, setEmail] = useState("");
  const [sentTo, setSentTo] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await requestReset(email.trim());
      setSentTo(email.trim());
    } catch (error) {
      setProblem(describe(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <main className="reset-page">
      <form onSubmit={(event) => void submit(event)}>
        <p className="brand"><MonsterMark /> <span>Little Monster</span></p>
        <h1 ref={heading} tabIndex={-1}>{t("reset.forgot")}</h1>
        {problem ? <Problem>{problem}</Problem> : null}
        <div role="status">{sentTo === null ? null : <p>{t("reset.sent", { email: sentTo })}</p>}</div>
        {sentTo === null ? (
          <>
            <Field
              label={t("reset.email")} type="email" autoComplete="email" required autoFocus value={email} hint={t("reset.forgotHint")}
              onChange={(event) => setEmail(event.target.value)}
            />
            <button type="submit" className="button primary" disabled={busy}>{t("reset.send")}</button>
          </>
        ) : null}
        <p><Link to={paths.signIn}>{t("reset.leave")}</Link></p>
      </form>
    </main>
  );
}
