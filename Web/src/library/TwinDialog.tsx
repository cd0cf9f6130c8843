import { useState } from "react";
import { describe } from "../api/errors";
import { Dialog } from "../design/Dialog";
import { Problem } from "../design/Notice";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { FoundTwin, keepBoth, replaceTwin, twins } from "./twins";

/** Asks whether what was brought is a new version of what was there. Who closes it keeps both. */
export function TwinDialog() {
  const [first] = useStore(twins);
  return first ? <Question key={first.added.id} found={first} /> : null;
}

function Question({ found }: { found: FoundTwin }) {
  const { added, twin } = found;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const both = () => keepBoth(added.id);
  const replace = async () => {
    setBusy(true);
    try {
      await replaceTwin(found);
    } catch (error) {
      setProblem(describe(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t("library.twinTitle")} onClose={both}>
      <div className="stack">
        {problem ? <Problem>{problem}</Problem> : null}
        <p>{t("library.twinIs", { name: added.filename, title: twin.title })}</p>
        <p>{t("library.twinMeans", { version: twin.version + 1 })}</p>
      </div>
      <footer>
        <button type="button" className="button" onClick={both}>{t("library.keepBoth")}</button>
        <button type="button" className="button primary" disabled={busy} data-focus-first onClick={() => void replace()}>{t("library.replace")}</button>
      </footer>
    </Dialog>
  );
}
