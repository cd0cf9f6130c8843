import { FormEvent, useEffect, useRef, useState } from "react";
import { APIError, describe } from "../api/errors";
import { federation, ProviderAnswer } from "../api/federation";
import { MonsterMark } from "../design/Monster";
import { Loading, Problem } from "../design/Notice";
import { showToast } from "../design/toastStore";
import { assetURL } from "../routing/base";
import { Link } from "../routing/Link";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { CodeField } from "../session/CodeField";
import { noteProved } from "../session/proved";
import { session, takeUp } from "../session/session";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";

/** What the server's reasons are in the reader's words. */
const reasons: Readonly<Record<string, string>> = {
  denied: t("federation.denied"), down: t("federation.down"), not_believed: t("federation.notBelieved"), lost: t("federation.lost"),
  spent: t("federation.spent"), taken: t("federation.taken"), no_email: t("federation.noEmail"), unverified: t("federation.unverified"),
  linked_elsewhere: t("federation.linkedElsewhere"), other_identity: t("federation.otherIdentity"), stale: t("federation.stale"), unknown: t("federation.unknown"),
};

/** Where a provider sends people back to: what they bring is taken from the address at once, and handed to the server. */
export default function CallbackPage({ provider }: { provider: string }) {
  const heading = usePage(t("federation.title"));
  const current = useStore(session);
  const [answer] = useState(() => taken(provider));
  const [code, setCode] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(true);
  const begun = useRef(false);
  const signedIn = current.phase === "signedIn";

  const send = async (secondFactor?: string) => {
    setBusy(true);
    setProblem(null);
    try {
      const { outcome, page, grant, token } = await federation.complete(secondFactor ? { ...answer, second_factor: secondFactor } : answer, signedIn);
      if (outcome === "password") return window.location.replace(assetURL(`reset#token=${token ?? ""}`));
      navigate(page, { replace: true });
      if (grant) takeUp(grant);
      if (outcome === "link") showToast(t("federation.linked"));
      if (outcome === "prove") {
        noteProved();
        showToast(t("session.provedNow"));
      }
    } catch (error) {
      setBusy(false);
      if (error instanceof APIError && error.details["code"] !== undefined) {
        if (secondFactor !== undefined) setProblem(t("session.codeNotRight"));
        return setCode("");
      }
      setProblem(error instanceof APIError ? (reasons[error.details["reason"] ?? ""] ?? describe(error)) : describe(error));
    }
  };

  // Once it is known who is signed in: a link is made by who began it.
  useEffect(() => {
    if (begun.current || current.phase === "starting") return;
    begun.current = true;
    void send();
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(code ?? "");
  };
  return (
    <main className="federation-page">
      <form onSubmit={submit}>
        <p className="brand"><MonsterMark /> <span>Little Monster</span></p>
        <h1 ref={heading} tabIndex={-1}>{problem !== null && code === null ? t("federation.failed") : t("federation.title")}</h1>
        {problem ? <Problem>{problem}</Problem> : null}
        {code !== null ? (
          <>
            <p>{t("federation.codeWhy")}</p>
            <CodeField value={code} onChange={setCode} autoFocus />
            <button type="submit" className="button primary large" disabled={busy}>{t("session.signIn")}</button>
          </>
        ) : busy ? <Loading label={t("federation.busy")} /> : null}
        {busy ? null : <p><Link to={signedIn ? paths.settings("account") : paths.signIn}>{signedIn ? t("federation.toSettings") : t("federation.toSignIn")}</Link></p>}
      </form>
    </main>
  );
}

/** Reads what the address brings, and takes it out of the address and the history: it is good once, and nobody else's. */
function taken(provider: string): ProviderAnswer {
  const query = new URLSearchParams(window.location.search);
  window.history.replaceState(window.history.state, "", window.location.pathname);
  const given = (name: "code" | "iss" | "error") => {
    const value = query.get(name);
    return value === null ? {} : { [name]: value };
  };
  return { provider, state: query.get("state") || "none", ...given("code"), ...given("iss"), ...given("error") };
}
