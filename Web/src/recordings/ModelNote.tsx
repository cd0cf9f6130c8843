import { useEffect, useState } from "react";
import { speechAPI } from "../api/speech";
import { percentText } from "../strings/amounts";
import { t } from "../strings/t";

/** Says what is missing while the model that writes speech down is not here yet. */
export function ModelNote() {
  const [models, setModels] = useState<Awaited<ReturnType<typeof speechAPI.models>> | null>(null);
  const state = models?.recognition;
  const isReady = state === "ready";

  useEffect(() => {
    if (isReady) return;
    const waiting = new AbortController();
    const look = () => void speechAPI.models(waiting.signal).then(setModels, () => undefined);
    look();
    const timer = window.setInterval(look, 4000);
    return () => {
      waiting.abort();
      window.clearInterval(timer);
    };
  }, [isReady]);

  if (!models || isReady) return null;
  const text =
    state === "coming" || (state === "missing" && models.is_on)
      ? t("recordings.noModel", { percent: percentText((models.percent ?? 0) / 100) })
      : t("recordings.modelMissing", { problem: models.problem ?? t("recordings.modelOff") });
  return <p className="notice" role="status">{text}</p>;
}
