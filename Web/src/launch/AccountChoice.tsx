import { FormEvent, useState } from "react";
import { accounts, User } from "../api/accounts";
import { APIError, describe } from "../api/errors";
import type { LaunchWish, UnknownVisitor } from "../api/platforms";
import { Field } from "../design/Field";
import { CodeField } from "../session/CodeField";
import { takeUp } from "../session/session";
import { t } from "../strings/t";

interface AccountChoiceProps {
  visitor: UnknownVisitor;
  /** Who is signed in here. */
  user: User | null;
  busy: boolean;
  onWish: (wish: LaunchWish, signedIn: boolean) => Promise<void>;
  onFault: (text: string | null) => void;
}

/** Nobody here is that account of the platform's yet: it is connected to one's own by its password, or a new one is made. Never unasked. */
export function AccountChoice({ visitor, user, busy, onWish, onFault }: AccountChoiceProps) {
  const [email, setEmail] = useState(visitor.email ?? "");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState<string | null>(user?.has_second_factor ? "" : null);
  const [sending, setSending] = useState(false);
  const [next, setNext] = useState(false);
  const connect = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    onFault(null);
    const proof = { ...(password === "" ? {} : { password }), ...(code ? { code } : {}) };
    try {
      if (user === null) {
        const tokens = await accounts.signIn(email.trim(), password, code ?? "");
        takeUp(tokens);
        if (tokens.user.has_second_factor) {
          // A code is good once, and this one was used.
          setCode("");
          setNext(true);
          return setSending(false);
        }
      }
      await onWish({ account: "link", ...proof }, true);
    } catch (error) {
      if (error instanceof APIError && error.details["code"] !== undefined) setCode((before) => before ?? "");
      else onFault(error instanceof APIError && error.status === 401 ? t("session.notRight") : describe(error));
    }
    setSending(false);
  };
  return (
    <>
      <p>{t("launch.who", { platform: visitor.platform })}</p>
      {visitor.may_register && user === null ? (
        <section aria-labelledby="launch-new">
          <h2 id="launch-new">{t("launch.newTitle")}</h2>
          <p>{t("launch.newMeans", { email: visitor.email ?? "" })}</p>
          <button type="button" className="button primary" disabled={busy || sending} onClick={() => void onWish({ account: "new" }, false)}>{t("launch.makeAccount")}</button>
        </section>
      ) : null}
      <section aria-labelledby="launch-link">
        <h2 id="launch-link">{user === null ? t("launch.linkTitle") : t("launch.linkOwn", { name: user.display_name })}</h2>
        <form onSubmit={(event) => void connect(event)}>
          {user === null ? <Field label={t("session.email")} type="email" autoComplete="username" required value={email} onChange={(event) => setEmail(event.target.value)} /> : null}
          <Field
            label={t("session.password")} type="password" autoComplete="current-password" required={user === null} maxLength={1024} value={password}
            hint={user === null ? undefined : t("launch.passwordHint")} onChange={(event) => setPassword(event.target.value)}
          />
          {next ? <p role="status">{t("launch.nextCode")}</p> : null}
          {code === null ? null : <CodeField value={code} onChange={setCode} />}
          <button type="submit" className={visitor.may_register && user === null ? "button" : "button primary"} disabled={busy || sending}>{user === null ? t("launch.signInAndLink") : t("launch.link")}</button>
        </form>
      </section>
    </>
  );
}
