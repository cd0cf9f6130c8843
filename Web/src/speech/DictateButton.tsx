import { useEffect, useRef, useState } from "react";
import { Icon } from "../design/Icon";
import { t } from "../strings/t";
import { Dictation } from "./Dictation";

interface DictateButtonProps {
  disabled: boolean;
  /** Is given what was said. */
  take: (text: string) => void;
}

/** Writes down what is said into the microphone. */
export function DictateButton({ disabled, take }: DictateButtonProps) {
  const [state, setState] = useState<"idle" | "recording" | "writing">("idle");
  const dictation = useRef<Dictation | null>(null);
  const waiting = useRef<AbortController | null>(null);
  const ring = useRef<HTMLButtonElement>(null);

  useEffect(() => () => {
    dictation.current?.cancel();
    waiting.current?.abort();
  }, []);

  useEffect(() => {
    if (state !== "recording") return;
    let frame = 0;
    const show = () => {
      ring.current?.style.setProperty("--level", String(dictation.current?.level ?? 0));
      frame = requestAnimationFrame(show);
    };
    show();
    return () => cancelAnimationFrame(frame);
  }, [state]);

  if (!Dictation.isPossible) return null;

  const start = async () => {
    const made = new Dictation();
    dictation.current = made;
    if (await made.start()) setState("recording");
  };
  const finish = async () => {
    setState("writing");
    waiting.current = new AbortController();
    const text = (await dictation.current?.finish(null, waiting.current.signal)) ?? null;
    dictation.current = null;
    setState("idle");
    if (text !== null) take(text);
  };

  if (state === "writing") {
    return <button type="button" className="icon-button dictate" disabled aria-label={t("speech.writingDown")} aria-busy="true"><span className="spinner" aria-hidden="true" /></button>;
  }
  const recording = state === "recording";
  const label = recording ? t("speech.finishDictating") : t("speech.dictate");
  return (
    <button
      ref={ring} type="button" className={recording ? "icon-button dictate dictating" : "icon-button dictate"} aria-label={label} title={label} aria-pressed={recording}
      disabled={disabled && !recording} onClick={() => void (recording ? finish() : start())}
    >
      <Icon name={recording ? "stop" : "microphone"} />
    </button>
  );
}
