import { FormEvent, useEffect, useState } from "react";
import type { User } from "../api/accounts";
import { isAbort } from "../api/errors";
import { AccountEmail, profiles } from "../api/profile";
import { SendAgain } from "../session/SendAgain";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Problem } from "../design/Notice";
import { showToast, tellFailure } from "../design/toastStore";
import { noProof, ProofFields } from "../session/ProofFields";
import { updateUser } from "../session/session";
import { timeText } from "../strings/days";
import { t } from "../strings/t";
import { proofProblem } from "./proofProblem";

/** The address that one signs in with, and another in its place. */
export function EmailSettings({ user }: { user: User }) {
  const [email, setEmail] = useState<AccountEmail | null>(null);
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    const controller = new AbortController();
    profiles.email(controller.signal).then(setEmail, (error: unknown) => {
      // The section works without: what is pending is a reminder.
      if (!isAbort(error)) setEmail(null);
    });
    return () => controller.abort();
  }, [user.email, user.email_verified]);
  const keep = () => {
    profiles.keepEmail().then(() => setEmail((before) => (before ? { email: before.email, is_verified: before.is_verified } : null)), tellFailure);
  };
  const pending = email?.pending_email;
  return (
    <>
      <p className="settings-fact">{user.email}{user.email_verified ? ` · ${t("settings.emailConfirmed")}` : ""}</p>
      {user.verification === "none" ? null : <div className="settings-row"><p>{t("settings.emailUnconfirmed")}</p><SendAgain /></div>}
      {pending ? (
        <div role="status">
          <p>{t("settings.emailPending", { email: pending, time: email?.pending_until ? timeText(email.pending_until) : "" })}</p>
          <button type="button" className="button quiet" onClick={keep}>{t("settings.emailKeep")}</button>
        </div>
      ) : null}
      <button type="button" className="button" onClick={() => setAsking(true)}>{t("settings.emailChange")}</button>
      {asking ? <ChangeEmail user={user} onDone={setEmail} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

function ChangeEmail({ user, onDone, onClose }: { user: User; onDone: (email: AccountEmail) => void; onClose: () => void }) {
  const [address, setAddress] = useState("");
  const [proof, setProof] = useState(noProof);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    setBusy(true);
    try {
      const now = await profiles.changeEmail(address.trim(), proof.password, proof.code);
      onDone(now);
      if (now.pending_email === undefined) {
        updateUser({ ...user, email: now.email, email_verified: now.is_verified });
        showToast(t("settings.emailChanged", { email: now.email }));
      }
      onClose();
    } catch (error) {
      setProblem(proofProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={t("settings.emailChange")} onClose={onClose}>
      <form onSubmit={(event) => void send(event)}>
        <div className="stack">
          <p>{t("settings.emailHow")}</p>
          {problem ? <Problem>{problem}</Problem> : null}
          <Field label={t("settings.emailNew")} type="email" autoComplete="email" required maxLength={254} autoFocus value={address} onChange={(event) => setAddress(event.target.value)} />
          <ProofFields user={user} value={proof} onChange={setProof} />
        </div>
        <footer>
          <button type="button" className="button" onClick={onClose}>{t("settings.factorNo")}</button>
          <button type="submit" className="button primary" disabled={busy}>{t("settings.emailChange")}</button>
        </footer>
      </form>
    </Dialog>
  );
}
