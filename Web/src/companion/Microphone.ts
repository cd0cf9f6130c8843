/** The microphone as sound of 16,000 samples a second, a tenth of a second at a time. */
export class Microphone {
  private constructor(
    private readonly stream: MediaStream,
    private readonly context: AudioContext,
    /** Whether the browser takes the loudspeakers' sound out of it. */
    readonly cancelsEcho: boolean,
  ) {}

  static get isPossible(): boolean {
    return typeof AudioWorkletNode !== "undefined" && navigator.mediaDevices?.getUserMedia !== undefined;
  }

  /** Throws where the student, or the browser, does not let us. */
  static async open(worklet: string, take: (samples: ArrayBuffer, level: number) => void): Promise<Microphone> {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 } });
    try {
      const context = new AudioContext();
      await context.audioWorklet.addModule(worklet);
      const node = new AudioWorkletNode(context, "talk-capture", { numberOfOutputs: 0 });
      node.port.onmessage = ({ data }: MessageEvent<{ samples: ArrayBuffer; level: number }>) => take(data.samples, data.level);
      context.createMediaStreamSource(stream).connect(node);
      return new Microphone(stream, context, stream.getAudioTracks()[0]?.getSettings().echoCancellation ?? false);
    } catch (error) {
      stream.getTracks().forEach((track) => track.stop());
      throw error;
    }
  }

  /** The browser shows that it listens only while it does. */
  set muted(muted: boolean) {
    for (const track of this.stream.getAudioTracks()) track.enabled = !muted;
  }

  close(): void {
    this.stream.getTracks().forEach((track) => track.stop());
    void this.context.close();
  }
}
