import { useState } from "react";
import { Icon } from "../design/Icon";
import { session } from "./session";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { SendAgain } from "./SendAgain";

const key = "little-monster-verify-later";

/** Says that an address is still to be confirmed, until it is, or until it is put away for as long as this tab is open. */
export function VerifyNotice() {
  const current = useStore(session);
  const [away, setAway] = useState(() => window.sessionStorage.getItem(key) !== null);
  if (away || current.phase !== "signedIn" || current.user.verification !== "offered") return null;
  const later = () => {
    window.sessionStorage.setItem(key, "true");
    setAway(true);
  };
  return (
    <aside className="verify-notice" aria-label={t("session.verify")}>
      <p>{t("session.verifyNotice", { email: current.user.email })}</p>
      <SendAgain />
      <button type="button" className="icon-button" aria-label={t("session.later")} title={t("session.later")} onClick={later}><Icon name="close" /></button>
    </aside>
  );
}
