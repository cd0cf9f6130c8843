import { companionAPI } from "../api/companion";
import { Store } from "../state/store";
import { baseURL } from "../routing/base";
import { t } from "../strings/t";
import { Captions, captioned, LiveMessage, noCaptions, soundOf, TalkState } from "./liveMessages";
import { Loudspeaker } from "./Loudspeaker";
import { Microphone } from "./Microphone";

export interface Talk {
  state: TalkState;
  captions: Captions;
  /** Whether the microphone is open; without it one writes. */
  hears: boolean;
}

const rate = 22_050;

/** One live talk: the socket, the microphone and the loudspeaker. It lets go of all of them when it ends. */
export class LiveTalk {
  readonly store = new Store<Talk>({ state: "connecting", captions: noCaptions, hears: false });
  private socket: WebSocket | null = null;
  private microphone: Microphone | null = null;
  private readonly loudspeaker = new Loudspeaker(rate, (number) => this.send({ type: "played", number }));
  private heardLevel = 0;
  private ended = false;

  async begin(session: string): Promise<void> {
    const socket = await companionAPI.live(session);
    if (this.ended) return socket.close();
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => this.take(data);
    socket.onclose = () => {
      if (!this.ended) this.lose();
    };
    await new Promise<void>((resolve) => {
      socket.addEventListener("open", () => resolve(), { once: true });
      socket.addEventListener("close", () => resolve(), { once: true });
    });
    if (socket.readyState === WebSocket.OPEN) await this.listen();
  }

  private async listen(): Promise<void> {
    if (!Microphone.isPossible) return this.note(t("companion.noMicrophone"));
    try {
      const microphone = await Microphone.open(new URL("talk-capture.js", baseURL).href, (samples, level) => {
        this.heardLevel = Math.min(1, level * 6);
        if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(samples);
      });
      // The student may have left while the browser asked.
      if (this.ended || this.socket?.readyState !== WebSocket.OPEN) return microphone.close();
      this.microphone = microphone;
      this.send({ type: "hello", echo_cancellation: microphone.cancelsEcho });
      this.store.set((before) => ({ ...before, hears: true }));
    } catch {
      this.note(t("companion.noMicrophone"));
    }
  }

  private take(data: string | ArrayBuffer): void {
    if (typeof data !== "string") {
      const { number, samples } = soundOf(data);
      return this.loudspeaker.play(samples, number);
    }
    const message = JSON.parse(data) as LiveMessage;
    if (message.type === "interrupted") this.loudspeaker.stop();
    if (message.type === "spoken") this.loudspeaker.finish(message.number);
    this.store.set((before) => ({
      ...before, state: message.type === "state" ? message.state : before.state, captions: captioned(before.captions, message),
    }));
  }

  private note(notice: string): void {
    this.store.set((before) => ({ ...before, captions: { ...before.captions, notice } }));
  }

  private lose(): void {
    this.microphone?.close();
    this.microphone = null;
    this.loudspeaker.stop();
    this.store.set((before) => ({ ...before, state: "lost", hears: false }));
  }

  private send(message: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  mute(muted: boolean): void {
    if (this.microphone) this.microphone.muted = muted;
    this.send({ type: muted ? "mute" : "unmute" });
  }

  interrupt(): void {
    this.loudspeaker.stop();
    this.send({ type: "interrupt" });
  }

  write(text: string): void {
    this.send({ type: "text", text });
  }

  /** How loud it is now, 0 to 1: the companion while it speaks, else the student. */
  get level(): number {
    return this.store.get().state === "speaking" ? this.loudspeaker.level : this.store.get().state === "listening" ? this.heardLevel : 0;
  }

  end(): void {
    this.ended = true;
    this.send({ type: "end" });
    this.microphone?.close();
    this.microphone = null;
    this.loudspeaker.close();
    this.socket?.close(1000);
    this.socket = null;
  }
}
