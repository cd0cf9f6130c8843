import { useEffect, useState } from "react";
import type { User } from "../api/accounts";
import { describe } from "../api/errors";
import { federation, Provider } from "../api/federation";
import { isPutAway, passkeys } from "../api/passkeys";
import { Field } from "../design/Field";
import { Problem } from "../design/Notice";
import { location } from "../routing/location";
import { t } from "../strings/t";
import { CodeField } from "./CodeField";
import { isProved } from "./proved";

export interface Proof {
  password: string;
  code: string;
  /** A passkey was used in their place. */
  isProved: boolean;
}

export const noProof: Proof = { password: "", code: "", isProved: false };

interface ProofFieldsProps {
  user: User;
  value: Proof;
  onChange: (proof: Proof) => void;
  autoFocus?: boolean;
}

/** Before what cannot be undone: the password, and a code where one is asked for, or a passkey; without a password, another service. */
export function ProofFields({ user, value, onChange, autoFocus = false }: ProofFieldsProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const providers = useProviders();
  useEffect(() => {
    if (!value.isProved && isProved()) onChange({ password: "", code: "", isProved: true });
  }, [value.isProved, onChange]);
  if (value.isProved) return <p role="status">{t("session.proved")}</p>;
  const prove = async () => {
    setProblem(null);
    try {
      await passkeys.prove();
      onChange({ password: "", code: "", isProved: true });
    } catch (error) {
      if (!isPutAway(error)) setProblem(error instanceof DOMException ? t("session.passkeyFailed") : describe(error));
    }
  };
  const go = async (provider: Provider) => {
    setProblem(null);
    try {
      window.location.assign(await federation.beginAs("prove", provider.name, location.get().path));
    } catch (error) {
      setProblem(describe(error));
    }
  };
  const byPasskey = user.has_passkeys && "PublicKeyCredential" in window;
  if (providers.length > 0) {
    return (
      <>
        <p>{t("session.proveElsewhere")}</p>
        {problem ? <Problem>{problem}</Problem> : null}
        {providers.map((provider) => (
          <button key={provider.name} type="button" className="button" onClick={() => void go(provider)}>{t("session.proveBy", { provider: provider.title })}</button>
        ))}
        {byPasskey ? <button type="button" className="button" onClick={() => void prove()}>{t("session.proveByPasskeyAlone")}</button> : null}
      </>
    );
  }
  return (
    <>
      <Field
        label={t("session.password")} type="password" autoComplete="current-password" required autoFocus={autoFocus} value={value.password}
        onChange={(event) => onChange({ ...value, password: event.target.value })}
      />
      {user.has_second_factor ? <CodeField value={value.code} onChange={(code) => onChange({ ...value, code })} /> : null}
      {problem ? <Problem>{problem}</Problem> : null}
      {byPasskey ? <button type="button" className="button quiet" onClick={() => void prove()}>{t("session.proveByPasskey")}</button> : null}
    </>
  );
}

/** Of who has no password, the services by which they come; nobody where there is one, or it is not known. */
function useProviders(): readonly Provider[] {
  const [found, setFound] = useState<readonly Provider[]>([]);
  useEffect(() => {
    const controller = new AbortController();
    federation.ways(controller.signal).then(
      (ways) => {
        if (!ways.has_password) setFound(ways.providers.filter(({ name }) => ways.data.some(({ provider }) => provider === name)));
      },
      () => undefined,
    );
    return () => controller.abort();
  }, []);
  return found;
}
