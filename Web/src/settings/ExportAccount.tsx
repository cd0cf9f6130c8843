import { FormEvent, useState } from "react";
import type { User } from "../api/accounts";
import { profiles } from "../api/profile";
import { Dialog } from "../design/Dialog";
import { Problem } from "../design/Notice";
import { noProof, ProofFields } from "../session/ProofFields";
import { t } from "../strings/t";
import { proofProblem } from "./proofProblem";

/** Everything of the student's as one file. */
export function ExportAccount({ user }: { user: User }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <p>{t("settings.exportWhy")}</p>
      <button type="button" className="button" onClick={() => setAsking(true)}>{t("settings.export")}</button>
      {asking ? <ExportDialog user={user} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

function ExportDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const [proof, setProof] = useState(noProof);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const go = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    setBusy(true);
    try {
      const url = URL.createObjectURL(await profiles.archive(proof.password, proof.code));
      const link = document.createElement("a");
      link.href = url;
      link.download = "little-monster.zip";
      link.click();
      window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
      onClose();
    } catch (error) {
      setBusy(false);
      setProblem(proofProblem(error));
    }
  };
  return (
    <Dialog title={t("settings.export")} onClose={onClose}>
      <form onSubmit={(event) => void go(event)}>
        <div className="stack">
          <p>{t("settings.exportHow")}</p>
          {problem ? <Problem>{problem}</Problem> : null}
          <ProofFields user={user} value={proof} onChange={setProof} autoFocus />
        </div>
        <footer>
          <button type="button" className="button" onClick={onClose}>{t("settings.factorNo")}</button>
          <button type="submit" className="button primary" disabled={busy}>{busy ? t("settings.exporting") : t("settings.export")}</button>
        </footer>
      </form>
    </Dialog>
  );
}
