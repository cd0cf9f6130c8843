import { useEffect, useState } from "react";
import { describe, isAbort } from "../api/errors";
import { calendarAPI, CalendarState } from "../api/planner";
import { copyText } from "../design/clipboard";
import { Dialog } from "../design/Dialog";
import { Icon } from "../design/Icon";
import { Loading, Problem } from "../design/Notice";
import { closeSheet } from "../frame/sheets";
import { assetURL } from "../routing/base";
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
      setProblem(describe(error));
    }
    setBusy(false);
  };
  const address = state?.url === undefined ? null : assetURL(state.url.replace(/^\//, ""));
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
        <div className="planner-actions">
          <button type="button" className="button" disabled={busy} onClick={() => void run(() => calendarAPI.open())}>{state.is_open ? t("planner.addressAnew") : t("planner.addressMake")}</button>
          {state.is_open ? <button type="button" className="button danger" disabled={busy} onClick={() => void run(close)}>{t("planner.addressEnd")}</button> : null}
        </div>
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
