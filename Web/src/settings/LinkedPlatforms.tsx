import { useEffect, useState } from "react";
import { APIError, describe, isAbort } from "../api/errors";
import { PlatformIdentity, platforms } from "../api/platforms";
import { Icon } from "../design/Icon";
import { Problem } from "../design/Notice";
import { showToast } from "../design/toastStore";
import { dayText } from "../strings/days";
import { t } from "../strings/t";

/** The accounts at learning platforms by which one comes in; nothing where there are none. */
export function LinkedPlatforms() {
  const [list, setList] = useState<readonly PlatformIdentity[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    platforms.mine(controller.signal).then(setList, (error: unknown) => {
      if (!isAbort(error)) setProblem(describe(error));
    });
    return () => controller.abort();
  }, [attempt]);
  const unlink = async (identity: PlatformIdentity) => {
    setProblem(null);
    try {
      await platforms.unlink(identity.id);
      showToast(t("settings.unlinked", { provider: identity.platform }));
      setAttempt((before) => before + 1);
    } catch (error) {
      setProblem(error instanceof APIError && error.details["reason"] === "last_way" ? t("settings.lastWay") : describe(error));
    }
  };
  if (list.length === 0) return null;
  return (
    <section className="settings-section">
      <h2>{t("settings.platforms")}</h2>
      <div>
        <p>{t("settings.platformsWhy")}</p>
        {problem ? <Problem>{problem}</Problem> : null}
        <ul className="devices" aria-label={t("settings.platforms")}>
          {list.map((identity) => (
            <li key={identity.id}>
              <Icon name="shield" size={18} />
              <div><strong dir="auto">{identity.platform}</strong><p>{t("settings.lastUsed", { day: dayText(identity.last_used_at) })}</p></div>
              <button type="button" className="button" onClick={() => void unlink(identity)} aria-label={t("settings.unlinkOf", { provider: identity.platform })}>{t("settings.unlink")}</button>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
