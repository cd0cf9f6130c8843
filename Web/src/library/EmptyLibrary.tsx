import { useState } from "react";
import { Icon } from "../design/Icon";
import { ReadingMonster } from "../design/Monster";
import { Problem } from "../design/Notice";
import { describe } from "../api/errors";
import { addSampleCourse } from "../sample/sampleCourse";
import { rich } from "../strings/rich";
import { t } from "../strings/t";

/** The first thing that a new account sees. */
export function EmptyLibrary({ choose }: { choose: () => void }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const addSample = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await addSampleCourse();
    } catch (error) {
      setProblem(describe(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="drop-zone">
      <div className="empty">
        <ReadingMonster />
        <h2>{t("library.bring")}</h2>
        <p>{rich("library.kindsAndPlace", { mouse: (text) => <span className="only-mouse">{text}</span>, touch: (text) => <span className="only-touch">{text}</span> })}</p>
        <div className="actions">
          <button type="button" className="button primary large" onClick={choose}><Icon name="upload" size={18} /> {t("library.choose")}</button>
          <button type="button" className="button large" onClick={() => void addSample()} disabled={busy}>
            <Icon name="spark" size={18} /> {busy ? t("library.addingSample") : t("library.trySample")}
          </button>
        </div>
        {problem ? <Problem>{problem}</Problem> : null}
      </div>
    </div>
  );
}
