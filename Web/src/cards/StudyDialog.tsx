import { FormEvent, useEffect, useState } from "react";
import { reviewsAPI, StudySettings } from "../api/cards";
import { describe, isAbort } from "../api/errors";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Loading, Problem } from "../design/Notice";
import { showToast, tellFailure } from "../design/toastStore";
import { closeSheet } from "../frame/sheets";
import { t } from "../strings/t";
import { countWaiting } from "./cardsStore";

/** How the student wants to learn, for all decks. */
export function StudyDialog() {
  const [settings, setSettings] = useState<StudySettings | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const controller = new AbortController();
    reviewsAPI.settings(controller.signal).then(setSettings, (error: unknown) => {
      if (!isAbort(error)) setProblem(describe(error));
    });
    return () => controller.abort();
  }, []);
  const change = (values: Partial<StudySettings>) => setSettings((now) => (now === null ? now : { ...now, ...values }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (settings === null) return;
    const { retention, new_per_day, reviews_per_day, two_buttons } = settings;
    setBusy(true);
    try {
      await reviewsAPI.set({ retention, new_per_day, reviews_per_day, two_buttons });
      void countWaiting();
      closeSheet();
    } catch (error) {
      setProblem(describe(error));
      setBusy(false);
    }
  };
  const fit = () => reviewsAPI.fit().then(() => showToast(t("cards.fitStarted")), (error: unknown) => tellFailure(error));
  return (
    <Dialog title={t("cards.study")} onClose={closeSheet}>
      {problem ? <Problem>{problem}</Problem> : null}
      {settings === null ? (problem ? null : <Loading />) : (
        <form onSubmit={(event) => void submit(event)}>
          <div className="stack">
            <Field label={t("cards.retention")} hint={t("cards.retentionHint")} type="number" min={70} max={99} required autoFocus value={Math.round((settings.retention ?? 0.9) * 100)} onChange={(event) => change({ retention: event.target.valueAsNumber / 100 })} />
            <div className="cards-form-row">
              <Field label={t("cards.newPerDay")} type="number" min={0} max={10_000} required value={settings.new_per_day} onChange={(event) => change({ new_per_day: event.target.valueAsNumber })} />
              <Field label={t("cards.reviewsPerDay")} type="number" min={0} max={100_000} required value={settings.reviews_per_day} onChange={(event) => change({ reviews_per_day: event.target.valueAsNumber })} />
            </div>
            <label className="cards-check">
              <input type="checkbox" checked={settings.two_buttons} onChange={(event) => change({ two_buttons: event.target.checked })} />
              <span>{t("cards.twoButtons")}</span>
            </label>
            <div className="cards-fit">
              <button type="button" className="button" onClick={() => void fit()}>{t("cards.fit")}</button>
              <p className="hint">{t("cards.fitHint")}</p>
            </div>
          </div>
          <footer>
            <button type="button" className="button" onClick={closeSheet}>{t("cards.cancel")}</button>
            <button type="submit" className="button primary" disabled={busy}>{t("cards.save")}</button>
          </footer>
        </form>
      )}
    </Dialog>
  );
}
