import { useEffect, useRef, useState } from "react";
import { Icon } from "../design/Icon";
import { showToast } from "../design/toastStore";
import { t } from "../strings/t";
import { clockText } from "./stateText";

interface RecordButtonProps {
  disabled: boolean;
  /** Is given what was recorded. */
  take: (recording: File) => void;
}

/** Records by the microphone, with the time and how loud it is. */
export function RecordButton({ disabled, take }: RecordButtonProps) {
  const [seconds, setSeconds] = useState<number | null>(null);
  const recorder = useRef<MediaRecorder | null>(null);
  const parts = useRef<Blob[]>([]);
  const running = seconds !== null;

  useEffect(() => () => release(recorder.current), []);

  useEffect(() => {
    if (!running) return;
    const begin = Date.now();
    const timer = window.setInterval(() => setSeconds((Date.now() - begin) / 1000), 500);
    // Who leaves now would lose what was said.
    const guard = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", guard);
    return () => {
      window.clearInterval(timer);
      window.removeEventListener("beforeunload", guard);
    };
  }, [running]);

  if (typeof MediaRecorder === "undefined") return null;

  const start = async () => {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const made = new MediaRecorder(stream);
      parts.current = [];
      made.ondataavailable = (event) => parts.current.push(event.data);
      made.start(1000);
      recorder.current = made;
      setSeconds(0);
    } catch {
      showToast(t("speech.noMicrophone"), { life: 8000 });
    }
  };
  const finish = () => {
    const made = recorder.current;
    if (!made) return;
    made.onstop = () => {
      const ending = made.mimeType.includes("mp4") ? "m4a" : made.mimeType.includes("ogg") ? "ogg" : "webm";
      const when = new Date().toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
      take(new File(parts.current, `${t("recordings.recordedAt", { when }).replace(/[/\\:]/g, "-")}.${ending}`, { type: made.mimeType }));
    };
    release(made);
    recorder.current = null;
    setSeconds(null);
  };

  return running ? (
    <button type="button" className="button recording-now" onClick={finish}>
      <Icon name="stop" size={18} /> {t("recordings.finish")} <span role="timer" aria-label={t("recordings.recordingNow", { time: clockText(seconds) })}>{clockText(seconds)}</span>
    </button>
  ) : (
    <button type="button" className="button" disabled={disabled} onClick={() => void start()}><Icon name="microphone" size={18} /> {t("recordings.record")}</button>
  );
}

function release(recorder: MediaRecorder | null): void {
  if (!recorder) return;
  if (recorder.state !== "inactive") recorder.stop();
  recorder.stream.getTracks().forEach((track) => track.stop());
}
