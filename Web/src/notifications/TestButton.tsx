import { useState } from "react";
import { notificationsAPI } from "../api/notifications";
import { showToast, tellFailure } from "../design/toastStore";
import { t } from "../strings/t";

/** Has one sent, to see whether it arrives. */
export function TestButton({ channel }: { channel: "push" | "mail" }) {
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      await notificationsAPI.test(channel);
      showToast(channel === "mail" ? t("notifications.testMailed") : t("notifications.testPushed"));
    } catch (error) {
      tellFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return <button type="button" className="button" disabled={busy} onClick={() => void run()}>{channel === "mail" ? t("notifications.testMail") : t("notifications.testPush")}</button>;
}
