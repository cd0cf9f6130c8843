import type { Transcript } from "../api/transcripts";
import { Icon, IconName } from "../design/Icon";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { t } from "../strings/t";
import { StageState, stagesOf } from "./stages";
import { stateText } from "./stateText";

const signs: Record<StageState, IconName> = { waits: "clock", runs: "spark", done: "check", failed: "alert", none: "info" };
const names = { waits: "stageWaits", runs: "stageRuns", done: "stageDone", failed: "stageFailed", none: "stageNone" } as const;

/** What becomes of a recording: it is recorded, written down, and a document of the library. Each stage is kept, and tried again alone. */
export function PipelineStages({ recording, retry, shelve, tell }: { recording: Transcript; retry: () => void; shelve: () => void; tell: () => void }) {
  const { recorded, written, told, shelved } = stagesOf(recording);
  const problem = recording.state === "failed" ? stateText(recording) : null;
  return (
    <ol className="pipeline" aria-label={t("recordings.stages")}>
      <Stage name={t("recordings.stageRecorded")} state={recorded} detail={recorded === "failed" ? problem : recorded === "runs" ? stateText(recording) : null}>
        {recorded === "failed" ? <Retry run={retry} /> : null}
      </Stage>
      <Stage name={t("recordings.stageWritten")} state={written} detail={written === "failed" ? problem : written === "runs" ? stateText(recording) : null}>
        {written === "failed" ? <Retry run={retry} /> : null}
      </Stage>
      {told === "none" ? null : (
        <Stage name={t("recordings.stageTold")} state={told} detail={told === "failed" ? (recording.speakers_problem ?? null) : null}>
          {told === "failed" ? <Retry run={tell} /> : null}
        </Stage>
      )}
      <Stage name={t("recordings.stageShelved")} state={shelved} detail={shelved === "failed" ? (recording.shelf_problem ?? null) : recording.is_document_old ? t("recordings.documentOld") : null}>
        {recording.document_id ? <Link className="button quiet" to={paths.document(recording.document_id)}>{t("recordings.openDocument")}</Link> : null}
        {recording.is_document_old ? <button type="button" className="button" onClick={shelve}>{t("recordings.updateDocument")}</button> : null}
        {recording.state === "completed" && !recording.document_id && (shelved === "failed" || shelved === "none") && (recording.segments?.length ?? 0) > 0
          ? <button type="button" className="button" onClick={shelve}>{t("recordings.makeDocument")}</button> : null}
      </Stage>
    </ol>
  );
}

function Stage({ name, state, detail, children }: { name: string; state: StageState; detail: string | null; children?: React.ReactNode }) {
  return (
    <li data-state={state}>
      <Icon name={signs[state]} size={16} />
      <span><strong>{name}</strong> <span className="recording-facts">{detail ?? t(`recordings.${names[state]}`)}</span></span>
      <span className="recording-actions">{children}</span>
    </li>
  );
}

function Retry({ run }: { run: () => void }) {
  return <button type="button" className="button" onClick={run}><Icon name="retry" size={18} /> {t("recordings.goOn")}</button>;
}
