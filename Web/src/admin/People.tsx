import { useEffect, useState } from "react";
import { adminAPI, Person } from "../api/admin";
import { APIError, describe } from "../api/errors";
import { Dialog } from "../design/Dialog";
import { copyText } from "../design/clipboard";
import { Icon } from "../design/Icon";
import { Loading, Problem } from "../design/Notice";
import { closeSheet, openSheet, useSheet } from "../frame/sheets";
import { isAdministrator } from "../session/roles";
import { dayText, timeText } from "../strings/days";
import { t } from "../strings/t";
import { RoleChoice, roleText } from "./RoleChoice";

/** Everyone who has an account, and a way back in for who has lost theirs. */
export function People() {
  const [people, setPeople] = useState<readonly Person[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    setProblem(null);
    adminAPI.people(controller.signal).then(setPeople, (error: unknown) => {
      if (!controller.signal.aborted) setProblem(error instanceof APIError && error.status === 404 ? t("admin.noPeople") : describe(error));
    });
    return () => controller.abort();
  }, [attempt]);
  if (problem) return <Problem action={{ label: t("admin.tryAgain"), run: () => setAttempt(attempt + 1) }}>{problem}</Problem>;
  if (people === null) return <Loading label={t("admin.reading")} />;
  return (
    <>
      <p className="sub">{t("admin.count", { count: people.length })}</p>
      <ul className="people" aria-label={t("admin.people")}>
        {people.map((person) => (
          <li key={person.id} data-row={person.id}>
            <div>
              <p><strong dir="auto">{person.display_name || person.email}</strong>{person.role === "student" ? null : <span className="tag">{roleText(person.role)}</span>}</p>
              <p className="people-facts">{[person.email, person.created_at ? t("admin.since", { day: dayText(person.created_at) }) : "", person.last_seen_at ? t("admin.seen", { day: dayText(person.last_seen_at) }) : ""].filter(Boolean).join(" · ")}</p>
            </div>
            {isAdministrator() ? <div className="people-buttons">
              <button type="button" className="button" onClick={() => openSheet("change-role", person.id)} aria-label={t("admin.roleOf", { name: person.display_name || person.email })}>{t("admin.role")}</button>
              <button type="button" className="button" onClick={() => openSheet("reset-password", person.id)} aria-label={t("admin.resetOf", { name: person.display_name || person.email })}>{t("admin.reset")}</button>
            </div> : null}
          </li>
        ))}
      </ul>
      <ResetPassword people={people} />
      <ChangeRole people={people} onChange={() => setAttempt(attempt + 1)} />
    </>
  );
}

function ChangeRole({ people, onChange }: { people: readonly Person[]; onChange: () => void }) {
  const id = useSheet("change-role");
  const person = people.find((each) => each.id === id);
  return person ? <RoleDialog key={person.id} person={person} onChange={onChange} /> : null;
}

function RoleDialog({ person, onChange }: { person: Person; onChange: () => void }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [role, setRole] = useState(person.role);
  const name = person.display_name || person.email;
  const change = async () => {
    setBusy(true);
    try {
      await adminAPI.setRole(person.id, role);
      closeSheet();
      onChange();
    } catch (error) {
      setProblem(describe(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t("admin.roleOf", { name })} onClose={closeSheet}>
      <div className="stack">
        {problem ? <Problem>{problem}</Problem> : null}
        <RoleChoice value={role} onChange={setRole} />
        <p className="people-facts">{t("admin.roleTakesEffect", { name })}</p>
      </div>
      <footer>
        <button type="button" className="button" onClick={closeSheet}>{t("admin.cancel")}</button>
        <button type="button" className="button primary" disabled={busy || role === person.role} onClick={() => void change()}>{t("admin.saveRole")}</button>
      </footer>
    </Dialog>
  );
}

function ResetPassword({ people }: { people: readonly Person[] }) {
  const id = useSheet("reset-password");
  const person = people.find((each) => each.id === id);
  return person ? <ResetDialog key={person.id} person={person} /> : null;
}

function ResetDialog({ person }: { person: Person }) {
  const [reset, setReset] = useState<{ link: string; until: string } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const name = person.display_name || person.email;
  const make = async () => {
    setBusy(true);
    try {
      setReset(await adminAPI.resetPassword(person.id));
    } catch (error) {
      setProblem(describe(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={t("admin.resetTitle", { name })} onClose={closeSheet}>
      <div className="stack">
        {problem ? <Problem>{problem}</Problem> : null}
        {reset === null ? <p>{t("admin.resetWhat")}</p> : (
          <>
            <p>{t("admin.resetDone", { name, time: timeText(reset.until) })}</p>
            <p className="one-time-link"><code>{reset.link}</code> <button type="button" className="icon-button" onClick={() => void copyText(reset.link)} aria-label={t("admin.copy")} title={t("admin.copy")}><Icon name="copy" size={18} /></button></p>
          </>
        )}
      </div>
      <footer>
        <button type="button" className="button" onClick={closeSheet}>{reset === null ? t("admin.cancel") : t("admin.done")}</button>
        {reset === null ? <button type="button" className="button primary" disabled={busy} onClick={() => void make()}>{t("admin.reset")}</button> : null}
      </footer>
    </Dialog>
  );
}
