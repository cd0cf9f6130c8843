import { FormEvent, useEffect, useRef, useState } from "react";
import type { User } from "../api/accounts";
import { APIError, describe, isAbort } from "../api/errors";
import { federation, Identity, Provider, WaysIn } from "../api/federation";
import { Dialog } from "../design/Dialog";
import { Icon } from "../design/Icon";
import { Problem } from "../design/Notice";
import { showToast } from "../design/toastStore";
import { paths } from "../routing/paths";
import { noProof, ProofFields } from "../session/ProofFields";
import { dayText } from "../strings/days";
import { t } from "../strings/t";
import { proofProblem } from "./proofProblem";

/** What is done once it is shown that it is they. */
interface Asking { title: string; why: string; run: (proof: { password?: string; code?: string }) => Promise<void> }

/** The accounts elsewhere by which one signs in; nothing where this server asks no other service and none is linked. */
export function LinkedIdentities({ user, ways, onChange }: { user: User; ways: WaysIn; onChange: () => void }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const unlinking = (identity: Identity): Asking => ({
    title: t("settings.unlinkOf", { provider: nameOf(identity) }), why: t("settings.unlinkProof"),
    run: async (proof) => {
      await federation.unlink(identity.id, proof);
      setAsking(null);
      showToast(t("settings.unlinked", { provider: nameOf(identity) }));
      onChange();
      list.current?.focus();
    },
  });
  const linking = (provider: Provider): Asking => ({
    title: t("settings.linkTo", { provider: provider.title }), why: t("settings.linkProof"),
    run: async (proof) => window.location.assign(await federation.beginAs("link", provider.name, paths.settings("account"), proof)),
  });
  const choosePassword = async (provider: Provider) => {
    setProblem(null);
    try {
      window.location.assign(await federation.beginAs("password", provider.name, paths.settings("account")));
    } catch (error) {
      setProblem(describe(error));
    }
  };
  const back = ways.providers.find(({ name }) => ways.data.some(({ provider }) => provider === name));
  return (
    <>
      <p>{t("settings.identitiesWhy")}</p>
      {problem ? <Problem>{problem}</Problem> : null}
      {ways.data.length > 0 ? (
        <ul className="devices" aria-label={t("settings.identities")} ref={list} tabIndex={-1}>
          {ways.data.map((identity) => (
            <li key={identity.id}>
              <Icon name="shield" size={18} />
              <div>
                <strong>{nameOf(identity)}</strong>
                <p>{[identity.email, identity.last_used_at ? t("settings.lastUsed", { day: dayText(identity.last_used_at) }) : null].filter(Boolean).join(" · ")}</p>
              </div>
              <button type="button" className="button" onClick={() => setAsking(unlinking(identity))} aria-label={t("settings.unlinkOf", { provider: nameOf(identity) })}>{t("settings.unlink")}</button>
            </li>
          ))}
        </ul>
      ) : null}
      <div className="settings-row">
        {ways.providers.filter(({ name }) => !ways.data.some(({ provider }) => provider === name)).map((provider) => (
          <button key={provider.name} type="button" className="button" onClick={() => setAsking(linking(provider))}>
            {t("settings.linkTo", { provider: provider.title })}
          </button>
        ))}
      </div>
      {!ways.has_password && back ? (
        <>
          <p>{t("settings.noPassword")}</p>
          <div className="settings-row"><button type="button" className="button" onClick={() => void choosePassword(back)}>{t("settings.setPassword", { provider: back.title })}</button></div>
        </>
      ) : null}
      {asking ? <Prove user={user} {...asking} onClose={() => setAsking(null)} /> : null}
    </>
  );
}

function nameOf(identity: Identity): string {
  return identity.title ?? identity.provider;
}

/** What is known of the ways in; null until it is. */
export function useWaysIn(): [WaysIn | null, () => void] {
  const [ways, setWays] = useState<WaysIn | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    federation.ways(controller.signal).then(setWays, (error: unknown) => {
      // The section stays away; the rest of the page works without.
      if (!isAbort(error)) setWays(null);
    });
    return () => controller.abort();
  }, [round]);
  return [ways, () => setRound((before) => before + 1)];
}

/** That it is they, before a way into the account is made or taken away. */
function Prove({ user, title, why, run, onClose }: Asking & { user: User; onClose: () => void }) {
  const [proof, setProof] = useState(noProof);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const go = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    setBusy(true);
    try {
      await run({ ...(proof.password === "" ? {} : { password: proof.password }), ...(proof.code.trim() === "" ? {} : { code: proof.code.trim() }) });
    } catch (error) {
      setBusy(false);
      setProblem(error instanceof APIError && error.details["reason"] === "last_way" ? t("settings.lastWay") : proofProblem(error));
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={(event) => void go(event)}>
        <div className="stack">
          <p>{why}</p>
          {problem ? <Problem>{problem}</Problem> : null}
          <ProofFields user={user} value={proof} onChange={setProof} autoFocus />
        </div>
        <footer>
          <button type="button" className="button" onClick={onClose}>{t("settings.factorNo")}</button>
          <button type="submit" className="button primary" disabled={busy}>{title}</button>
        </footer>
      </form>
    </Dialog>
  );
}
