import { useEffect, useState } from "react";
import { Browser, notificationsAPI, NotificationSettings as Wishes, NotificationState } from "../api/notifications";
import { describe } from "../api/errors";
import { Loading, Problem } from "../design/Notice";
import { tellFailure } from "../design/toastStore";
import { language } from "../strings/locale";
import { t } from "../strings/t";
import { ChannelTable } from "./ChannelTable";
import { TestButton } from "./TestButton";
import { ThisBrowser } from "./ThisBrowser";

/** How the student is told of things: what by which way, when not, and by which browsers. */
export function NotificationSettings() {
  const [state, setState] = useState<NotificationState | null>(null);
  const [browsers, setBrowsers] = useState<readonly Browser[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    setProblem(null);
    Promise.all([notificationsAPI.state(signal), notificationsAPI.browsers(signal)]).then(
      ([found, list]) => {
        setState(found);
        setBrowsers(list);
      },
      (error: unknown) => !signal.aborted && setProblem(describe(error)),
    );
    return () => controller.abort();
  }, [attempt]);

  if (state === null) {
    return problem ? <Problem action={{ label: t("notifications.tryAgain"), run: () => setAttempt(attempt + 1) }}>{problem}</Problem> : <Loading label={t("notifications.readingSettings")} />;
  }
  const { settings } = state;
  // What is shown is what was chosen; it goes back if the server does not take it.
  const change = (part: Partial<Wishes>) => {
    const wanted = { ...settings, ...part, language, time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
    setState({ ...state, settings: wanted });
    notificationsAPI.set(wanted).then(setState, (error: unknown) => {
      setState(state);
      tellFailure(error);
    });
  };
  return (
    <>
      <section className="settings-section">
        <h2>{t("notifications.what")}</h2>
        <div>
          <ChannelTable settings={settings} hasMail={state.has_mail} onChange={change} />
          <Times settings={settings} onChange={change} />
        </div>
      </section>
      <section className="settings-section">
        <h2>{t("notifications.browser")}</h2>
        <div><ThisBrowser browsers={browsers} onChange={setBrowsers} /></div>
      </section>
      <section className="settings-section">
        <h2>{t("notifications.mail")}</h2>
        <div>
          <p>{state.has_mail ? t("notifications.mailGoes", { address: state.address }) : t("notifications.noMail")}</p>
          {state.mail_problem === undefined ? null : <Problem>{t("notifications.mailProblem", { problem: state.mail_problem })}</Problem>}
          {state.has_mail ? <TestButton channel="mail" /> : null}
        </div>
      </section>
    </>
  );
}

/** The hour for cards, and those in which nothing comes. */
function Times({ settings, onChange }: { settings: Wishes; onChange: (part: Partial<Wishes>) => void }) {
  const { quiet } = settings;
  const anyCards = settings.cards.app || settings.cards.push || settings.cards.mail;
  return (
    <div className="news-times">
      {anyCards ? (
        <label className="news-time-field">
          <span>{t("notifications.cardsAt")}</span>
          <input className="input" type="time" required value={settings.cards_at} onChange={(event) => event.target.value === "" || onChange({ cards_at: event.target.value })} />
        </label>
      ) : null}
      <label className="news-switch">
        <input type="checkbox" role="switch" checked={quiet !== undefined} onChange={(event) => onChange({ quiet: event.target.checked ? { start: "22:00", end: "07:00" } : undefined })} />
        <span>{t("notifications.quiet")}</span>
      </label>
      {quiet ? (
        <div className="news-quiet" role="group" aria-label={t("notifications.quiet")}>
          <label className="news-time-field">
            <span>{t("notifications.quietFrom")}</span>
            <input className="input" type="time" required value={quiet.start} onChange={(event) => event.target.value === "" || onChange({ quiet: { ...quiet, start: event.target.value } })} />
          </label>
          <label className="news-time-field">
            <span>{t("notifications.quietTo")}</span>
            <input className="input" type="time" required value={quiet.end} onChange={(event) => event.target.value === "" || onChange({ quiet: { ...quiet, end: event.target.value } })} />
          </label>
        </div>
      ) : null}
      <p>{t("notifications.quietWhy", { zone: settings.time_zone })}</p>
    </div>
  );
}
