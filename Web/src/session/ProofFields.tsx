import { useState } from "react";
import type { User } from "../api/accounts";
import { describe } from "../api/errors";
import { isPutAway, passkeys } from "../api/passkeys";
import { Field } from "../design/Field";
import { Problem } from "../design/Notice";
import { t } from "../strings/t";
import { CodeField } from "./CodeField";

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

/** Before what cannot be undone: the password, and a code where one is asked for, or a passkey. */
export function ProofFields({ user, value, onChange, autoFocus = false }: ProofFieldsProps) {
  const [problem, setProblem] = useState<string | null>(null);
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
  return (
    <>
      <Field
        label={t("session.password")} type="password" autoComplete="current-password" required autoFocus={autoFocus} value={value.password}
        onChange={(event) => onChange({ ...value, password: event.target.value })}
      />
      {user.has_second_factor ? <CodeField value={value.code} onChange={(code) => onChange({ ...value, code })} /> : null}
      {problem ? <Problem>{problem}</Problem> : null}
      {user.has_passkeys && "PublicKeyCredential" in window ? <button type="button" className="button quiet" onClick={() => void prove()}>{t("session.proveByPasskey")}</button> : null}
    </>
  );
}
