import { ReactNode, useState } from "react";
import type { User } from "../api/accounts";
import { APIError, describe } from "../api/errors";
import { t } from "../strings/t";
import { noProof, Proof, ProofFields } from "./ProofFields";

interface Asking {
  /** Fields to be filled in before the same is tried again; null until the server has asked for them. */
  fields: ReactNode;
  /** What goes with the request. */
  shown: { password?: string; code?: string };
  /** What is to be said of a failure; null where it only asks for the proof. */
  judge: (error: unknown) => string | null;
  done: () => void;
}

/** A proof that is asked for only where the server wants one: not where the session was proved a moment ago, or where there is no password. */
export function useProof(user: User | null, why: string): Asking {
  const [proof, setProof] = useState<Proof | null>(null);
  const judge = (error: unknown): string | null => {
    const details: Record<string, string> = error instanceof APIError ? error.details : {};
    if (details["password"] === undefined && details["code"] === undefined) return describe(error);
    if (proof === null || proof.isProved) {
      setProof(noProof);
      return null;
    }
    return details["code"] !== undefined ? t("session.codeNotRight") : t("session.passwordNotRight");
  };
  return {
    fields: proof === null || user === null ? null : <><p>{why}</p><ProofFields user={user} value={proof} onChange={setProof} autoFocus /></>,
    shown: proof === null || proof.isProved ? {} : { password: proof.password, ...(proof.code.trim() === "" ? {} : { code: proof.code.trim() }) },
    judge,
    done: () => setProof(null),
  };
}
