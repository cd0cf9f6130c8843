import { FormEvent, useState } from "react";
import { Class, ClassInvitation, classes, ClassMember, MadeClassInvitation } from "../api/classes";
import { describe } from "../api/errors";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Icon } from "../design/Icon";
import { Loading, Problem } from "../design/Notice";
import { copyText } from "../design/clipboard";
import { showToast, tellFailure } from "../design/toastStore";
import { closeSheet, openSheet, useSheet } from "../frame/sheets";
import { dayText } from "../strings/days";
import { t } from "../strings/t";
import { useOfClass } from "./classNews";

/** Who takes part, and how others get in. */
export function Students({ of, onChange }: { of: Class; onChange: () => void }) {
  const members = useOfClass((signal) => classes.members(of.id, signal), of.id);
  const invitations = useOfClass((signal) => classes.invitations(of.id, signal), of.id);
  const inviting = useSheet("invite-class") !== null;
  const letting = useSheet("let-go");
  const leaver = (members.value ?? []).find(({ id }) => id === letting);
  const open = (invitations.value?.data ?? []).filter(({ state }) => state === "open" || state === "pending");
  const setCode = async (wanted: boolean) => {
    try {
      await (wanted ? classes.newCode(of.id) : classes.dropCode(of.id));
      onChange();
    } catch (error) {
      tellFailure(error);
    }
  };
  const revoke = async (invitation: ClassInvitation) => {
    try {
      await classes.revoke(of.id, invitation.id);
      invitations.reload();
    } catch (error) {
      tellFailure(error);
    }
  };
  return (
    <div className="class-parts">
      {of.is_archived ? <p className="class-note">{t("classes.archivedMeans")}</p> : (
        <section className="class-ways" aria-labelledby="class-ways">
          <h2 id="class-ways">{t("classes.waysIn")}</h2>
          <div className="class-way">
            <p className="class-code">{of.code === undefined ? t("classes.noCode") : <>{t("classes.code")} <strong data-code>{of.code}</strong></>}</p>
            {of.code === undefined ? null : <button type="button" className="icon-button" onClick={() => void copyText(of.code ?? "")} aria-label={t("classes.copyCode")} title={t("classes.copyCode")}><Icon name="copy" size={18} /></button>}
            <button type="button" className="button" onClick={() => void setCode(true)}>{of.code === undefined ? t("classes.makeCode") : t("classes.otherCode")}</button>
            {of.code === undefined ? null : <button type="button" className="button quiet" onClick={() => void setCode(false)}>{t("classes.dropCode")}</button>}
          </div>
          <div className="class-way"><button type="button" className="button primary" onClick={() => openSheet("invite-class")}><Icon name="plus" size={18} /> {t("classes.invite")}</button></div>
          {open.length > 0 ? (
            <ul className="class-rows" aria-label={t("classes.invitations")}>
              {open.map((each) => (
                <li key={each.id}>
                  <div>
                    <p dir="auto">{each.email ?? t("classes.byLink")}</p>
                    <p className="class-facts">{[each.state === "pending" ? t("classes.beingMailed") : "", t("classes.usedOf", { uses: each.uses, count: each.max_uses }), t("classes.until", { day: dayText(each.expires_at) })].filter(Boolean).join(" · ")}</p>
                  </div>
                  <button type="button" className="button" onClick={() => void revoke(each)} aria-label={t("classes.revokeOf", { name: each.email ?? t("classes.byLink") })}>{t("classes.revoke")}</button>
                </li>
              ))}
            </ul>
          ) : null}
        </section>
      )}
      <section aria-labelledby="class-students">
        <h2 id="class-students">{t("classes.students")}</h2>
        {members.problem ? <Problem action={{ label: t("classes.tryAgain"), run: members.reload }}>{members.problem}</Problem> : null}
        {members.value === null && !members.problem ? <Loading label={t("classes.readingStudents")} /> : null}
        {members.value?.length === 0 ? <p className="class-note">{t("classes.nobody")}</p> : null}
        <ul className="class-rows" aria-label={t("classes.students")}>
          {(members.value ?? []).map((member) => (
            <li key={member.id} data-row={member.id}>
              <div><p dir="auto">{member.name}</p><p className="class-facts">{t("classes.since", { day: dayText(member.joined_at) })}</p></div>
              <button type="button" className="button quiet" onClick={() => openSheet("let-go", member.id)} aria-label={t("classes.removeOf", { name: member.name })}>{t("classes.remove")}</button>
            </li>
          ))}
        </ul>
      </section>
      {inviting && !of.is_archived ? <InviteDialog id={of.id} canMail={invitations.value?.mails_invitations ?? false} onMade={invitations.reload} /> : null}
      {leaver ? <LetGo of={of} member={leaver} onDone={() => { members.reload(); onChange(); }} /> : null}
    </div>
  );
}

function LetGo({ of, member, onDone }: { of: Class; member: ClassMember; onDone: () => void }) {
  const [problem, setProblem] = useState<string | null>(null);
  const remove = async () => {
    try {
      await classes.letGo(of.id, member.id);
      closeSheet();
      showToast(t("classes.removed", { name: member.name }));
      onDone();
    } catch (error) {
      setProblem(describe(error));
    }
  };
  return (
    <Dialog title={t("classes.removeOf", { name: member.name })} onClose={closeSheet}>
      <div className="stack">
        {problem ? <Problem>{problem}</Problem> : null}
        <p>{t("classes.removeMeans", { name: member.name })}</p>
      </div>
      <footer>
        <button type="button" className="button" onClick={closeSheet}>{t("classes.cancel")}</button>
        <button type="button" className="button danger" onClick={() => void remove()}>{t("classes.remove")}</button>
      </footer>
    </Dialog>
  );
}

function InviteDialog({ id, canMail, onMade }: { id: string; canMail: boolean; onMade: () => void }) {
  const [byMail, setByMail] = useState(false);
  const [email, setEmail] = useState("");
  const [uses, setUses] = useState("40");
  const [days, setDays] = useState("14");
  const [made, setMade] = useState<MadeClassInvitation | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const make = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      setMade(await classes.invite(id, { days: Number(days), ...(byMail ? { email: email.trim() } : { uses: Number(uses) }) }));
      onMade();
    } catch (error) {
      setProblem(describe(error));
    }
    setBusy(false);
  };
  if (made) {
    const link = made.link;
    return (
      <Dialog title={t("classes.invite")} onClose={closeSheet}>
        <div className="stack">
          {link === null ? <p>{t("classes.mailed", { email: made.invitation.email ?? "" })}</p> : (
            <>
              <p>{t("classes.linkDone", { day: dayText(made.invitation.expires_at), count: made.invitation.max_uses })}</p>
              <p className="class-link"><code>{link}</code> <button type="button" className="icon-button" onClick={() => void copyText(link)} aria-label={t("classes.copyLink")} title={t("classes.copyLink")}><Icon name="copy" size={18} /></button></p>
            </>
          )}
        </div>
        <footer><button type="button" className="button primary" onClick={closeSheet}>{t("classes.done")}</button></footer>
      </Dialog>
    );
  }
  return (
    <Dialog title={t("classes.invite")} onClose={closeSheet}>
      <form onSubmit={(event) => void make(event)}>
        <div className="stack">
          {problem ? <Problem>{problem}</Problem> : null}
          {canMail ? (
            <div className="segments" role="radiogroup" aria-label={t("classes.way")}>
              <label><input type="radio" name="class-way" checked={!byMail} onChange={() => setByMail(false)} />{t("classes.wayLink")}</label>
              <label><input type="radio" name="class-way" checked={byMail} onChange={() => setByMail(true)} />{t("classes.wayMail")}</label>
            </div>
          ) : null}
          {byMail ? (
            <Field label={t("classes.email")} type="email" required maxLength={254} value={email} onChange={(event) => setEmail(event.target.value)} />
          ) : (
            <Field label={t("classes.uses")} type="number" inputMode="numeric" required min={1} max={500} value={uses} onChange={(event) => setUses(event.target.value)} />
          )}
          <Field label={t("classes.days")} type="number" inputMode="numeric" required min={1} max={90} value={days} onChange={(event) => setDays(event.target.value)} />
        </div>
        <footer>
          <button type="button" className="button" onClick={closeSheet}>{t("classes.cancel")}</button>
          <button type="submit" className="button primary" disabled={busy}>{byMail ? t("classes.sendInvitation") : t("classes.makeLink")}</button>
        </footer>
      </form>
    </Dialog>
  );
}
