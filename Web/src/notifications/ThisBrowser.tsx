import { useRef, useState } from "react";
import { Browser, notificationsAPI } from "../api/notifications";
import { describe } from "../api/errors";
import { Icon } from "../design/Icon";
import { Problem } from "../design/Notice";
import { showToast, tellFailure } from "../design/toastStore";
import { dayText } from "../strings/days";
import { t } from "../strings/t";
import { PushAbility, pushAbility, turnPushOff, turnPushOn } from "./push";
import { TestButton } from "./TestButton";

const obstacles: Record<Exclude<PushAbility, "able">, string> = {
  denied: t("notifications.pushDenied"), unsupported: t("notifications.pushUnsupported"), insecure: t("notifications.pushInsecure"),
  homeScreen: t("notifications.pushHomeScreen"),
};

interface ThisBrowserProps {
  browsers: readonly Browser[];
  onChange: (browsers: readonly Browser[]) => void;
}

/** The switch of this browser, and the list of all that are told. */
export function ThisBrowser({ browsers, onChange }: ThisBrowserProps) {
  const [ability, setAbility] = useState(pushAbility);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const current = browsers.find((browser) => browser.is_current);
  const turn = async (on: boolean) => {
    setBusy(true);
    setProblem(null);
    try {
      if (on) {
        const made = await turnPushOn();
        onChange([...browsers.filter(({ id, is_current: own }) => id !== made.id && !own), made]);
      } else if (current) {
        await turnPushOff(current);
        onChange(browsers.filter((browser) => browser !== current));
      }
    } catch (error) {
      setProblem(error instanceof Error && error.constructor === Error ? error.message : describe(error));
    } finally {
      setAbility(pushAbility());
      setBusy(false);
    }
  };
  const remove = async (browser: Browser) => {
    try {
      await notificationsAPI.unsubscribe(browser.id);
      onChange(browsers.filter((each) => each !== browser));
      showToast(t("notifications.removed", { name: nameOf(browser) }));
      list.current?.focus();
    } catch (error) {
      tellFailure(error);
    }
  };
  const others = browsers.filter((browser) => !browser.is_current);
  return (
    <>
      <label className="news-switch">
        <input type="checkbox" role="switch" checked={current !== undefined} disabled={busy || (ability !== "able" && current === undefined)} onChange={(event) => void turn(event.target.checked)} />
        <span>{t("notifications.pushHere")}</span>
      </label>
      {ability === "able" ? <p>{t("notifications.pushWhy")}</p> : <p className="news-obstacle" role="status"><Icon name="info" size={18} /> <span>{obstacles[ability]}</span></p>}
      {problem ? <Problem>{problem}</Problem> : null}
      {browsers.length > 0 ? <TestButton channel="push" /> : null}
      {others.length > 0 ? (
        <>
          <h3 className="news-others">{t("notifications.others")}</h3>
          <ul className="devices" aria-label={t("notifications.others")} ref={list} tabIndex={-1}>
            {others.map((browser) => (
              <li key={browser.id}>
                <Icon name="devices" size={18} />
                <div>
                  <strong dir="auto">{nameOf(browser)}</strong>
                  <p>{browser.last_used_at === undefined ? t("notifications.neverTold") : t("notifications.lastTold", { day: dayText(browser.last_used_at) })}</p>
                </div>
                <button type="button" className="button" onClick={() => void remove(browser)} aria-label={t("notifications.removeOne", { name: nameOf(browser) })}>{t("notifications.remove")}</button>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}

function nameOf(browser: Browser): string {
  return browser.device_name === "" ? t("notifications.unnamed") : browser.device_name;
}
