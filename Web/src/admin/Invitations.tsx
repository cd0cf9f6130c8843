import { FormEvent, useEffect, useState } from "react";
import { adminAPI, Invitation, InvitationList, MadeInvitation } from "../api/admin";
import { describe, isAbort } from "../api/errors";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Icon } from "../design/Icon";
import { Loading, Problem } from "../design/Notice";
import { copyText } from "../design/clipboard";
import { closeSheet, openSheet, useSheet } from "../frame/sheets";
import { isAdministrator } from "../session/roles";
import { dayText } from "../strings/days";
import { t } from "../strings/t";
import { Role, RoleChoice, roleText } from "./RoleChoice";

const modes = { open: t("admin.modeOpen"), invitation: t("admin.modeInvitation"), closed: t("admin.modeClosed") } as const;
const states = { open: t("admin.stateOpen"), pending: t("admin.statePending"), expired: t("admin.stateExpired"), spent: t("admin.stateSpent"), revoked: t("admin.stateRevoked") } as const;

/** Links by which people make accounts: who may, which there are, and taking them back. */
export function Invitations() {
  const [list, setList] = useState<InvitationList | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const inviting = useSheet("invite") !== null;
  useEffect(() => {
    const controller = new AbortController();
    setProblem(null);
    adminAPI.invitations(controller.signal).then(setList, (error: unknown) => {
      if (!isAbort(error)) setProblem(describe(error));
    });
    return () => controller.abort();
  }, [attempt]);
  const again = () => setAttempt((before) => before + 1);
  const revoke = async (invitation: Invitation) => {
    try {
      await adminAPI.revokeInvitation(invitation.id);
      again();
    } catch (error) {
      setProblem(describe(error));
    }
  };
  if (list === null) return problem ? <Problem action={{ label: t("admin.tryAgain"), run: again }}>{problem}</Problem> : <Loading label={t("admin.readingInvitations")} />;
  const canInvite = list.registration !== "closed";
  return (
    <>
      <p className="sub">{modes[list.registration]}</p>
      {problem ? <Problem>{problem}</Problem> : null}
      {canInvite ? <p className="invite"><button type="button" className="button primary" onClick={() => openSheet("invite")}><Icon name="plus" size={18} /> {t("admin.invite")}</button></p> : null}
      {list.data.length === 0 ? (
        <div className="empty">
          <h2>{t("admin.noInvitations")}</h2>
          <p>{canInvite ? t("admin.noInvitationsYet") : t("admin.closedMeans")}</p>
        </div>
      ) : (
        <ul className="people" aria-label={t("admin.invitations")}>
          {list.data.map((invitation) => (
            <li key={invitation.id} data-state={invitation.state}>
              <div>
                <p><strong dir="auto">{invitation.email ?? t("admin.byLink")}</strong><span className="tag">{roleText(invitation.role)}</span></p>
                <p className="people-facts">
                  {[states[invitation.state], t("admin.usedOf", { uses: invitation.uses, count: invitation.max_uses }), t("admin.until", { day: dayText(invitation.expires_at) }), t("admin.invitedBy", { name: invitation.invited_by })].join(" · ")}
                </p>
              </div>
              {invitation.state === "open" || invitation.state === "pending" ? (
                <div className="people-buttons"><button type="button" className="button" onClick={() => void revoke(invitation)} aria-label={t("admin.revokeOf", { name: invitation.email ?? t("admin.byLink") })}>{t("admin.revoke")}</button></div>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {inviting && canInvite ? <InviteDialog canMail={list.mails_invitations} onMade={again} /> : null}
    </>
  );
}

function InviteDialog({ canMail, onMade }: { canMail: boolean; onMade: () => void }) {
  const [role, setRole] = useState<Role>("student");
  const [way, setWay] = useState<"link" | "mail">("link");
  const [email, setEmail] = useState("");
  const [uses, setUses] = useState("1");
  const [days, setDays] = useState("7");
  const [made, setMade] = useState<MadeInvitation | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const byMail = way === "mail";
  const make = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      setMade(await adminAPI.invite({ role, days: Number(days), ...(byMail ? { email: email.trim() } : { uses: Number(uses) }) }));
      onMade();
    } catch (error) {
      setProblem(describe(error));
    }
    setBusy(false);
  };
  if (made) {
    return (
      <Dialog title={t("admin.invite")} onClose={closeSheet}>
        <div className="stack">
          {made.link === null ? <p>{t("admin.mailed", { email: made.invitation.email ?? "" })}</p> : (
            <>
              <p>{t("admin.linkDone", { day: dayText(made.invitation.expires_at), count: made.invitation.max_uses })}</p>
              <p className="one-time-link"><code>{made.link}</code> <button type="button" className="icon-button" onClick={() => void copyText(made.link ?? "")} aria-label={t("admin.copy")} title={t("admin.copy")}><Icon name="copy" size={18} /></button></p>
            </>
          )}
        </div>
        <footer><button type="button" className="button primary" onClick={closeSheet}>{t("admin.done")}</button></footer>
      </Dialog>
    );
  }
  return (
    <Dialog title={t("admin.invite")} onClose={closeSheet}>
      <form onSubmit={(event) => void make(event)}>
        <div className="stack">
          {problem ? <Problem>{problem}</Problem> : null}
          {isAdministrator() ? <RoleChoice value={role} onChange={setRole} /> : <p>{t("admin.invitesStudents")}</p>}
          {canMail ? (
            <div className="segments" role="radiogroup" aria-label={t("admin.way")}>
              <label><input type="radio" name="invite-way" checked={!byMail} onChange={() => setWay("link")} />{t("admin.wayLink")}</label>
              <label><input type="radio" name="invite-way" checked={byMail} onChange={() => setWay("mail")} />{t("admin.wayMail")}</label>
            </div>
          ) : null}
          {byMail ? (
            <Field label={t("admin.email")} type="email" required maxLength={254} value={email} hint={t("admin.emailHint")} onChange={(event) => setEmail(event.target.value)} />
          ) : (
            <Field label={t("admin.uses")} type="number" inputMode="numeric" required min={1} max={500} value={uses} onChange={(event) => setUses(event.target.value)} />
          )}
          <Field label={t("admin.days")} type="number" inputMode="numeric" required min={1} max={90} value={days} onChange={(event) => setDays(event.target.value)} />
        </div>
        <footer>
          <button type="button" className="button" onClick={closeSheet}>{t("admin.cancel")}</button>
          <button type="submit" className="button primary" disabled={busy}>{byMail ? t("admin.sendInvitation") : t("admin.makeLink")}</button>
        </footer>
      </form>
    </Dialog>
  );
}
