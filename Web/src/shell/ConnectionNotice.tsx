import { useEffect, useState } from "react";
import { accounts } from "../api/accounts";
import { reachable, undone } from "../api/connection";
import { Icon } from "../design/Icon";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";

/** A hiccup of the network is over before anyone need read of it. */
const patience = 1500;

/** Says that the server cannot be reached while it cannot, and goes away by itself. */
export function ConnectionNotice() {
  const connected = useStore(reachable);
  const failed = useStore(undone);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (connected) return setShown(false);
    const timer = window.setTimeout(() => setShown(true), patience);
    return () => window.clearTimeout(timer);
  }, [connected]);
  return (
    <div className="connection" role="status">
      {shown || failed ? (
        <>
          <Icon name="alert" size={18} />
          <p>{t("shell.unreachable")}{failed ? ` ${t("shell.undone")}` : ""}</p>
          <button type="button" className="button quiet" onClick={() => void accounts.status().catch(() => undefined)}>{t("shell.tryNow")}</button>
        </>
      ) : null}
    </div>
  );
}
