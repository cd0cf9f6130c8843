import { useEffect, useRef, useState } from "react";
import { speechAPI, Voice } from "../api/speech";
import { isAbort } from "../api/errors";
import { Icon } from "../design/Icon";
import { tellFailure } from "../design/toastStore";
import { t } from "../strings/t";
import { endReading } from "./Reading";

/** One sample at a time is heard on the page. */
let endSample: (() => void) | null = null;

/** Hears a voice. */
export function SampleButton({ voice }: { voice: Voice }) {
  const [state, setState] = useState<"idle" | "loading" | "playing">("idle");
  const end = useRef<(() => void) | null>(null);
  useEffect(() => () => end.current?.(), []);

  const hear = async () => {
    endSample?.();
    endReading();
    const leaving = new AbortController();
    const audio = new Audio();
    const stop = () => {
      leaving.abort();
      audio.pause();
      URL.revokeObjectURL(audio.src);
      endSample = end.current = null;
      setState("idle");
    };
    endSample = end.current = stop;
    setState("loading");
    try {
      audio.src = URL.createObjectURL(await speechAPI.sample(voice.id, leaving.signal));
      audio.onended = audio.onerror = stop;
      await audio.play();
      if (!leaving.signal.aborted) setState("playing");
    } catch (error) {
      if (leaving.signal.aborted) return;
      if (!isAbort(error)) tellFailure(error, (problem) => t("speech.notSpoken", { problem }));
      stop();
    }
  };

  const label = state === "idle" ? t("speech.hear", { name: voice.name }) : t("speech.stopHearing", { name: voice.name });
  return (
    <button type="button" className="icon-button" aria-label={label} title={label} onClick={() => (state === "idle" ? void hear() : end.current?.())}>
      {state === "loading" ? <span className="spinner" aria-hidden="true" /> : <Icon name={state === "playing" ? "stop" : "speaker"} size={18} />}
    </button>
  );
}
