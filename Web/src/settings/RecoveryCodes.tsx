import { copyText } from "../design/clipboard";
import { Dialog } from "../design/Dialog";
import { t } from "../strings/t";

/** Codes on paper, shown this once. */
export function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const text = codes.join("\n");
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`Little Monster\n\n${text}\n`)}`;
  return (
    <Dialog title={t("settings.codes")} onClose={onClose}>
      <div className="stack">
        <p>{t("settings.codesWhy")}</p>
        <ul className="recovery-codes" aria-label={t("settings.codes")}>{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ul>
        <div className="settings-row">
          <button type="button" className="button" onClick={() => void copyText(text)}>{t("settings.copyCodes")}</button>
          <a className="button" href={file} download="little-monster-codes.txt">{t("settings.saveCodes")}</a>
        </div>
      </div>
      <footer><button type="button" className="button primary" onClick={onClose}>{t("settings.codesKept")}</button></footer>
    </Dialog>
  );
}
