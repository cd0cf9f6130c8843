import { useState } from "react";
import { profiles } from "../api/profile";
import { showToast, tellFailure } from "../design/toastStore";
import { t } from "../strings/t";

/** Has the link to an address sent once more. */
export function SendAgain() {
  const [busy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    try {
      await profiles.sendVerification();
      showToast(t("session.linkSent"));
    } catch (error) {
      tellFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return <button type="button" className="button quiet" disabled={busy} onClick={() => void send()}>{t("session.sendAgain")}</button>;
}
