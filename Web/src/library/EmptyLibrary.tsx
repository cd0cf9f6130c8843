import { useState } from "react";
import { Icon } from "../design/Icon";
import { ReadingMonster } from "../design/Monster";
import { Problem } from "../design/Notice";
import { describe } from "../api/errors";
import { addSampleCourse } from "../sample/sampleCourse";

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
        <h2>Bring what you study from</h2>
        <p><span className="only-mouse">Drop lectures, slides and papers here:</span><span className="only-touch">Add lectures, slides and papers:</span> PDF, Word, HTML, Markdown or plain text. They stay on this server.</p>
        <div className="actions">
          <button type="button" className="button primary large" onClick={choose}><Icon name="upload" size={18} /> Choose documents</button>
          <button type="button" className="button large" onClick={() => void addSample()} disabled={busy}>
            <Icon name="spark" size={18} /> {busy ? "Adding the sample course…" : "Try the sample course"}
          </button>
        </div>
        {problem ? <Problem>{problem}</Problem> : null}
      </div>
    </div>
  );
}
