import { FormEvent, useEffect, useRef, useState } from "react";
import type { User } from "../api/accounts";
import { describe } from "../api/errors";
import { personalTokens, Token } from "../api/personalTokens";
import { copyText } from "../design/clipboard";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Icon } from "../design/Icon";
import { Loading, Problem } from "../design/Notice";
import { Segments } from "../design/Segments";
import { showToast } from "../design/toastStore";
import { CodeField } from "../session/CodeField";
import { dayText } from "../strings/days";
import { t } from "../strings/t";
import { proofProblem } from "./proofProblem";

/** Tokens for programs of one's own: made, shown once, taken away. */
export function PersonalTokens({ user }: { user: User }) {
  const [tokens, setTokens] = useState<readonly Token[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [making, setMaking] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const controller = new AbortController();
    setProblem(null);
    personalTokens.list(controller.signal).then(setTokens, (error: unknown) => {
      if (!controller.signal.aborted) setProblem(describe(error));
    });
    return () => controller.abort();
  }, [attempt]);
  const remove = async (token: Token) => {
    try {
      await personalTokens.remove(token.id);
      setTokens((before) => before?.filter(({ id }) => id !== token.id) ?? null);
      showToast(t("settings.tokenGone", { name: token.name }));
      list.current?.focus();
    } catch (error) {
      setProblem(describe(error));
    }
  };
  if (tokens === null) {
    return problem ? <Problem action={{ label: t("settings.tryAgain"), run: () => setAttempt(attempt + 1) }}>{problem}</Problem> : <Loading label={t("settings.readingTokens")} />;
  }
  return (
    <>
      <p>{t("settings.tokensWhy")}</p>
      {problem ? <Problem>{problem}</Problem> : null}
      {tokens.length > 0 ? (
        <ul className="devices" aria-label={t("settings.tokens")} ref={list} tabIndex={-1}>
          {tokens.map((token) => (
            <li key={token.id}>
              <Icon name="shield" size={18} />
              <div>
                <strong dir="auto">{token.name}</strong>
                <p>{[token.scopes.join(", "), t("settings.goodUntil", { day: dayText(token.expires_at) }), token.last_used_at ? t("settings.lastUsed", { day: dayText(token.last_used_at) }) : t("settings.neverUsed")].join(" · ")}</p>
              </div>
              <button type="button" className="button" onClick={() => void remove(token)} aria-label={t("settings.removeTokenOf", { name: token.name })}>{t("settings.removeToken")}</button>
            </li>
          ))}
        </ul>
      ) : null}
      <div className="settings-row"><button type="button" className="button" onClick={() => setMaking(true)}>{t("settings.makeToken")}</button></div>
      {making ? <Make user={user} onMade={() => setAttempt(attempt + 1)} onClose={() => setMaking(false)} /> : null}
    </>
  );
}

const verbs = [{ value: "read", label: t("settings.mayRead") }, { value: "write", label: t("settings.mayWrite") }] as const;
const lifetimes = [30, 90, 366].map((days) => ({ value: String(days), label: t("settings.days", { count: days }) }));

/** First the wish and the password, then the token, this once. */
function Make({ user, onMade, onClose }: { user: User; onMade: () => void; onClose: () => void }) {
  const [name, setName] = useState("");
  const [verb, setVerb] = useState<"read" | "write">("read");
  const [days, setDays] = useState("90");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [token, setToken] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const go = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    setBusy(true);
    try {
      const made = await personalTokens.make({ name: name.trim(), scopes: [verb], days: Number(days), password, ...(code.trim() === "" ? {} : { code: code.trim() }) });
      setToken(made.token ?? null);
      onMade();
    } catch (error) {
      setProblem(proofProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={t("settings.makeToken")} onClose={onClose}>
      {token !== null ? (
        <>
          <div className="stack">
            <p>{t("settings.tokenOnce")}</p>
            <Field label={t("settings.token")} readOnly value={token} onFocus={(event) => event.target.select()} autoFocus />
          </div>
          <footer>
            <button type="button" className="button" onClick={() => void copyText(token)}>{t("settings.copyToken")}</button>
            <button type="button" className="button primary" onClick={onClose}>{t("settings.tokenKept")}</button>
          </footer>
        </>
      ) : (
        <form onSubmit={(event) => void go(event)}>
          <div className="stack">
            {problem ? <Problem>{problem}</Problem> : null}
            <Field label={t("settings.tokenName")} required maxLength={100} autoFocus value={name} hint={t("settings.tokenNameHint")} onChange={(event) => setName(event.target.value)} />
            <p>{t("settings.tokenMay")}</p>
            <Segments label={t("settings.tokenMay")} value={verb} choices={verbs} onChange={setVerb} />
            <p>{t("settings.tokenFor")}</p>
            <Segments label={t("settings.tokenFor")} value={days} choices={lifetimes} onChange={setDays} />
            <Field label={t("settings.password")} type="password" autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} />
            {user.has_second_factor ? <CodeField value={code} onChange={setCode} /> : null}
          </div>
          <footer>
            <button type="button" className="button" onClick={onClose}>{t("settings.factorNo")}</button>
            <button type="submit" className="button primary" disabled={busy || name.trim() === ""}>{t("settings.makeToken")}</button>
          </footer>
        </form>
      )}
    </Dialog>
  );
}
