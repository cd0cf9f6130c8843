import { speechAPI } from "../api/speech";
import { showToast, tellFailure } from "../design/toastStore";
import { t } from "../strings/t";

/** One recording by the microphone that becomes text. */
export class Dictation {
  private recorder: MediaRecorder | null = null;
  private parts: Blob[] = [];
  private cancelled = false;
  private meter: { context: AudioContext; analyser: AnalyserNode } | null = null;

  static get isPossible(): boolean {
    return typeof MediaRecorder !== "undefined" && navigator.mediaDevices?.getUserMedia !== undefined;
  }

  /** False, and the reason is told, where the microphone cannot be had. */
  async start(): Promise<boolean> {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } });
      if (this.cancelled) {
        stream.getTracks().forEach((track) => track.stop());
        return false;
      }
      const recorder = new MediaRecorder(stream);
      recorder.ondataavailable = (event) => this.parts.push(event.data);
      recorder.start(1000);
      this.recorder = recorder;
      this.measure(stream);
      return true;
    } catch {
      showToast(t("speech.noMicrophone"), { life: 8000 });
      return false;
    }
  }

  private measure(stream: MediaStream): void {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 512;
    context.createMediaStreamSource(stream).connect(analyser);
    this.meter = { context, analyser };
  }

  /** How loud it is now, 0 to 1. */
  get level(): number {
    if (!this.meter) return 0;
    const samples = new Float32Array(this.meter.analyser.fftSize);
    this.meter.analyser.getFloatTimeDomainData(samples);
    const mean = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    return Math.min(1, Math.sqrt(mean) * 6);
  }

  /** Ends the recording, and gives what was said; null where that is nothing, or it failed, which is told. */
  async finish(language: string | null, signal: AbortSignal): Promise<string | null> {
    const recording = await this.end();
    if (!recording) return null;
    try {
      const { text } = await speechAPI.dictate(recording, language, signal);
      if (text.trim() !== "") return text.trim();
      showToast(t("speech.nothingHeard"), { life: 8000 });
    } catch (error) {
      if (!signal.aborted) tellFailure(error, (problem) => t("speech.notWritten", { problem }));
    }
    return null;
  }

  /** Lets go of the microphone. */
  cancel(): void {
    this.cancelled = true;
    void this.end();
  }

  private end(): Promise<Blob | null> {
    void this.meter?.context.close();
    this.meter = null;
    const recorder = this.recorder;
    this.recorder = null;
    if (!recorder) return Promise.resolve(null);
    return new Promise((resolve) => {
      recorder.onstop = () => resolve(new Blob(this.parts, { type: recorder.mimeType }));
      recorder.stop();
      recorder.stream.getTracks().forEach((track) => track.stop());
    });
  }
}
