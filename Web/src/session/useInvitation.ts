import { useEffect, useState } from "react";
import { accounts, ShownInvitation } from "../api/accounts";
import { APIError, describe } from "../api/errors";
import { t } from "../strings/t";

/** Why a link is not good, from the code that the server gives. */
export function invitationFault(code: string): string {
  if (code === "expired") return t("session.invitationExpired");
  if (code === "spent") return t("session.invitationSpent");
  return code === "revoked" ? t("session.invitationRevoked") : t("session.invitationUnknown");
}

/** The token in the fragment of this address, which no server's log sees. */
export function tokenHere(name: "invitation" | "token" | "class"): string | null {
  return new URLSearchParams(window.location.hash.slice(1)).get(name);
}

/** What an invitation says of itself before anything is filled in. */
export function useInvitation(token: string | null): { shown: ShownInvitation | null; fault: string | null } {
  const [shown, setShown] = useState<ShownInvitation | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    if (token === null) return undefined;
    let gone = false;
    accounts.lookAtInvitation(token).then((found) => gone || setShown(found), (error: unknown) => {
      if (gone) return;
      const code = error instanceof APIError ? error.details["invitation"] : undefined;
      setFault(code === undefined ? describe(error) : invitationFault(code));
    });
    return () => {
      gone = true;
    };
  }, [token]);
  return { shown, fault };
}
