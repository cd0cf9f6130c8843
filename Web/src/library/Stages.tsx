import { useEffect, useState } from "react";
import { documents, failureText, isBusy, LibraryDocument, Stage } from "../api/documents";
import { Icon, IconName } from "../design/Icon";
import { Meter } from "../design/Meter";
import { waitText } from "../strings/amounts";
import { t } from "../strings/t";
import { resumeReading, stopReading } from "./reading";

/** How often who waits looks for their place, in milliseconds: it moves by what others do, of whom nobody tells. */
const look = 5000;

const icons: Record<Stage["state"], IconName> = {
  waiting: "clock", running: "spark", done: "check", failed: "alert", cancelled: "stop", skipped: "check",
};

/** A document's way from a file to answers: each stage as it stands, and what can be done about it. */
export function Stages({ document }: { document: LibraryDocument }) {
  const place = usePlace(document);
  const { status } = document;
  return (
    <section className="stages" aria-label={t("library.stages")}>
      {status === "pending" ? <p className="stages-line" role="status">{place === null ? t("library.waiting") : t("library.placeInLine", { place })}</p> : null}
      <ol>
        {document.stages.filter(({ state }) => state !== "skipped").map((stage) => <StageLine key={stage.name} stage={stage} document={document} />)}
      </ol>
      <div className="actions">
        {isBusy(document) ? <button type="button" className="button" onClick={() => void stopReading(document)}><Icon name="stop" size={18} /> {t("library.stop")}</button> : null}
        {status === "cancelled" ? <button type="button" className="button primary" onClick={() => void resumeReading(document)}><Icon name="retry" size={18} /> {t("library.resume")}</button> : null}
        {status === "failed" ? <button type="button" className="button primary" onClick={() => void resumeReading(document)}><Icon name="retry" size={18} /> {t("library.retryStage")}</button> : null}
      </div>
    </section>
  );
}

function StageLine({ stage, document }: { stage: Stage; document: LibraryDocument }) {
  const { name, state, done, total } = stage;
  const label = stageNames[name];
  const counted = total > 0 && (state === "running" || state === "failed" || state === "cancelled");
  const facts = [
    state === "failed" ? t("library.stageFailed") : state === "cancelled" ? t("library.stageStopped") : state === "waiting" ? t("library.stageWaits") : "",
    counted ? t("library.stageCount", { done, total }) : "",
    state === "done" && stage.seconds !== undefined && stage.seconds !== null ? (stage.seconds < 1 ? t("library.underSecond") : waitText(Math.round(stage.seconds))) : "",
  ].filter(Boolean).join(" · ");
  return (
    <li data-state={state}>
      <Icon name={icons[state]} size={18} />
      <div>
        <p><span className="stage-name">{label}</span> {facts === "" ? null : <span className="stage-facts">{facts}</span>}</p>
        {state === "running" ? <Meter label={label} fraction={total > 0 ? done / total : null} /> : null}
        {state === "failed" ? <p className="problem" role="alert">{failureText(document)}</p> : null}
      </div>
    </li>
  );
}

const stageNames: Record<Stage["name"], string> = {
  receive: t("library.stageReceive"), extract: t("library.stageExtract"), ocr: t("library.stageOCR"), chunk: t("library.stageChunk"),
  embed: t("library.stageEmbed"), index: t("library.stageIndex"),
};

/** The document's place in line, as it moves; null while it has none. */
function usePlace(document: LibraryDocument): number | null {
  const { id, status } = document;
  const known = document.place_in_line ?? null;
  const [place, setPlace] = useState(known);
  useEffect(() => setPlace(known), [known]);
  useEffect(() => {
    if (status !== "pending") return undefined;
    const controller = new AbortController();
    const timer = window.setInterval(() => void documents.fresh(id, controller.signal).then((now) => setPlace(now.place_in_line ?? null), () => undefined), look);
    return () => {
      window.clearInterval(timer);
      controller.abort();
    };
  }, [id, status]);
  return status === "pending" ? place : null;
}
