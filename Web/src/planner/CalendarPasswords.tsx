import { FormEvent, useEffect, useState } from "react";
import { describe, isAbort } from "../api/errors";
import { AppPassword, passwordsAPI } from "../api/planner";
import { Field } from "../design/Field";
import { Icon } from "../design/Icon";
import { Loading, Problem } from "../design/Notice";
import { assetURL } from "../routing/base";
import { session } from "../session/session";
import { useProof } from "../session/useProof";
import { useStore } from "../state/useStore";
import { dayText } from "../strings/days";
import { t } from "../strings/t";
import { Copied } from "./CalendarDialog";

/** What a calendar program needs to reach this calendar, and the passwords of those that do. */
export function CalendarPasswords() {
  const known = useStore(session);
  const email = known.phase === "signedIn" ? known.user.email : "";
  const proof = useProof(known.phase === "signedIn" ? known.user : null, t("planner.proofWhy"));
  const [list, setList] = useState<readonly AppPassword[] | null>(null);
  const [made, setMade] = useState<AppPassword | null>(null);
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const controller = new AbortController();
    passwordsAPI.list(controller.signal).then(setList, (error: unknown) => {
      if (!isAbort(error)) setProblem(describe(error));
    });
    return () => controller.abort();
  }, []);
  const run = async (action: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    try {
      await action();
    } catch (error) {
      setProblem(proof.judge(error));
    }
    setBusy(false);
  };
  const make = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const password = await passwordsAPI.make(name.trim(), proof.shown);
      proof.done();
      setMade(password);
      setList((all) => [...(all ?? []), password]);
      setName("");
    });
  };
  const end = (id: string) => run(async () => {
    await passwordsAPI.end(id);
    setList((all) => (all ?? []).filter((each) => each.id !== id));
    setMade((now) => (now?.id === id ? null : now));
  });
  return (
    <section className="stack" aria-labelledby="planner-programs">
      <h3 id="planner-programs">{t("planner.programs")}</h3>
      <p>{t("planner.programsHint")}</p>
      <dl className="planner-server">
        <dt>{t("planner.server")}</dt>
        <dd>{assetURL("dav/")}</dd>
        <dt>{t("planner.userName")}</dt>
        <dd>{email}</dd>
      </dl>
      {problem ? <Problem>{problem}</Problem> : null}
      {made?.secret ? (
        <>
          <Copied label={t("planner.passwordOf", { name: made.name })} value={made.secret} />
          <p className="planner-lacks">{t("planner.addressOnce")}</p>
        </>
      ) : null}
      {list === null ? (problem ? null : <Loading />) : null}
      {list !== null && list.length > 0 ? (
        <ul className="planner-passwords">
          {list.map((each) => (
            <li key={each.id}>
              <span><strong dir="auto">{each.name}</strong> <span className="hint">{each.last_used_at ? t("planner.usedLast", { day: dayText(each.last_used_at) }) : t("planner.neverUsed")}</span></span>
              <button type="button" className="icon-button" disabled={busy} aria-label={t("planner.passwordEnd", { name: each.name })} title={t("planner.passwordEnd", { name: each.name })} onClick={() => void end(each.id)}><Icon name="trash" size={18} /></button>
            </li>
          ))}
        </ul>
      ) : null}
      <form className="stack" onSubmit={make}>
        <Field label={t("planner.programName")} value={name} maxLength={100} placeholder={t("planner.programExample")} onChange={(event) => setName(event.target.value)} />
        {proof.fields}
        <div className="planner-actions"><button type="submit" className="button primary" disabled={busy || name.trim() === ""}>{t("planner.passwordMake")}</button></div>
      </form>
    </section>
  );
}
