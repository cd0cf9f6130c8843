import { useEffect, useState } from "react";
import { federation, Provider } from "../api/federation";
import { describe } from "../api/errors";
import { Problem } from "../design/Notice";
import { t } from "../strings/t";

/** The other services by which one may sign in; nothing where there are none. */
export function ProviderButtons({ page, invitation }: { page: string; /** By which a newcomer may come. */ invitation: string | null }) {
  const [providers, setProviders] = useState<readonly Provider[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [leaving, setLeaving] = useState(false);
  useEffect(() => {
    const controller = new AbortController();
    // The form above works without them.
    federation.providers(controller.signal).then(setProviders, () => undefined);
    return () => controller.abort();
  }, []);
  if (providers.length === 0) return null;
  const go = async (provider: Provider) => {
    setProblem(null);
    setLeaving(true);
    try {
      window.location.assign(await federation.begin(provider.name, page, invitation));
    } catch (error) {
      setLeaving(false);
      setProblem(describe(error));
    }
  };
  return (
    <div className="entry-providers">
      <p aria-hidden="true"><span>{t("session.or")}</span></p>
      {problem ? <Problem>{problem}</Problem> : null}
      {providers.map((provider) => (
        <button key={provider.name} type="button" className="button large" disabled={leaving} onClick={() => void go(provider)}>
          {t("session.continueWith", { provider: provider.title })}
        </button>
      ))}
    </div>
  );
}
