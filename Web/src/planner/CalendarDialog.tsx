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

/** The secret address under which the calendars of phones and computers read this one. */
export default function CalendarDialog() {
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
    <Dialog title={t("planner.address")} onClose={closeSheet}>
      <div className="stack planner-details">
        {problem ? <Problem>{problem}</Problem> : null}
        <p>{t("planner.addressHint")}</p>
        {state === null ? (problem ? null : <Loading />) : null}
        {address !== null ? (
          <div className="planner-address">
            <input className="input" readOnly aria-label={t("planner.address")} value={address} onFocus={(event) => event.target.select()} />
            <button type="button" className="button" onClick={() => void copyText(address)}><Icon name="copy" size={18} /> {t("planner.copy")}</button>
          </div>
        ) : null}
        {address !== null ? <p className="planner-lacks">{t("planner.addressOnce")}</p> : null}
        {state?.is_open === true && address === null ? <p>{t("planner.addressThere")}</p> : null}
      </div>
      {state === null ? null : (
        <footer>
          {state.is_open ? <button type="button" className="button danger" disabled={busy} onClick={() => void run(close)}>{t("planner.addressEnd")}</button> : null}
          <button type="button" className="button primary" disabled={busy} onClick={() => void run(() => calendarAPI.open())}>{state.is_open ? t("planner.addressAnew") : t("planner.addressMake")}</button>
        </footer>
      )}
    </Dialog>
  );
}
