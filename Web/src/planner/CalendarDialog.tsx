import { FormEvent, useEffect, useState } from "react";
import { describe, isAbort } from "../api/errors";
import { calendarAPI, CalendarState } from "../api/planner";
import { copyText } from "../design/clipboard";
import { Dialog } from "../design/Dialog";
import { Icon } from "../design/Icon";
import { Loading, Problem } from "../design/Notice";
import { closeSheet } from "../frame/sheets";
import { assetURL } from "../routing/base";
import { session } from "../session/session";
import { useProof } from "../session/useProof";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { CalendarPasswords } from "./CalendarPasswords";

/** How other programs come to this calendar: by CalDAV they read and write it, by a secret address they read it. */
export default function CalendarDialog() {
  return (
    <Dialog title={t("planner.elsewhere")} onClose={closeSheet} sheet>
      <div className="planner-elsewhere">
        <CalendarPasswords />
        <SecretAddress />
      </div>
    </Dialog>
  );
}

/** The secret address under which the calendars of phones and computers read this one. */
function SecretAddress() {
  const known = useStore(session);
  const proof = useProof(known.phase === "signedIn" ? known.user : null, t("planner.proofWhy"));
  const [state, setState] = useState<CalendarState | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const controller = new AbortController();
    calendarAPI.state(controller.signal).then(setState, (error: unknown) => {
      if (!isAbort(error)) setProblem(describe(error));
    });
    return () => controller.abort();
  }, []);
  const run = async (action: () => Promise<CalendarState>) => {
    setBusy(true);
    setProblem(null);
    try {
      setState(await action());
    } catch (error) {
      setProblem(proof.judge(error));
    }
    setBusy(false);
  };
  const address = state?.url === undefined ? null : assetURL(state.url.replace(/^\//, ""));
  const open = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const opened = await calendarAPI.open(proof.shown);
      proof.done();
      return opened;
    });
  };
  const close = async (): Promise<CalendarState> => {
    await calendarAPI.close();
    return { is_open: false };
  };
  return (
    <section className="stack" aria-labelledby="planner-address">
      <h3 id="planner-address">{t("planner.address")}</h3>
      {problem ? <Problem>{problem}</Problem> : null}
      <p>{t("planner.addressHint")}</p>
      {state === null ? (problem ? null : <Loading />) : null}
      {address === null ? null : (
        <>
          <Copied label={t("planner.address")} value={address} />
          <p className="planner-lacks">{t("planner.addressOnce")}</p>
        </>
      )}
      {state?.is_open === true && address === null ? <p>{t("planner.addressThere")}</p> : null}
      {state === null ? null : (
        <form className="stack" onSubmit={open}>
          {proof.fields}
          <div className="planner-actions">
            <button type="submit" className="button" disabled={busy}>{state.is_open ? t("planner.addressAnew") : t("planner.addressMake")}</button>
            {state.is_open ? <button type="button" className="button danger" disabled={busy} onClick={() => void run(close)}>{t("planner.addressEnd")}</button> : null}
          </div>
        </form>
      )}
    </section>
  );
}

/** Something to be copied elsewhere. */
export function Copied({ label, value }: { label: string; value: string }) {
  return (
    <div className="planner-address">
      <input className="input" readOnly aria-label={label} value={value} onFocus={(event) => event.target.select()} />
      <button type="button" className="button" aria-label={t("planner.copyNamed", { name: label })} onClick={() => void copyText(value)}><Icon name="copy" size={18} /> {t("planner.copy")}</button>
    </div>
  );
}
