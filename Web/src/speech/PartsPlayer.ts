interface PartsListener {
  /** `waiting` for what comes next. */
  stateChanged: (state: "waiting" | "playing" | "paused") => void;
  /** Seconds from the beginning of the whole. */
  moved: (time: number) => void;
  /** All was played, or it cannot be. */
  ended: () => void;
}

/** Plays sounds one after the other as they come, all by one element: what a click allowed it to do holds for all of them. */
export class PartsPlayer {
  private readonly audio = new Audio();
  private readonly parts: { url: string; start: number }[] = [];
  /** The number of the part that is played, or is to be next. */
  private at = 0;
  private loaded = -1;
  private complete = false;
  private held = false;
  private rate = 1;

  constructor(private readonly listener: PartsListener) {
    this.audio.onplaying = () => {
      this.listener.stateChanged("playing");
      this.follow();
    };
    this.audio.onended = () => {
      this.forget(this.at);
      this.at += 1;
      this.next();
    };
    this.audio.onerror = () => {
      if (this.loaded === this.at) this.listener.ended();
    };
  }

  get isEmpty(): boolean {
    return this.parts.length === 0;
  }

  /** Sound that begins after so many seconds of the whole. */
  add(sound: Blob, start: number): void {
    this.parts.push({ url: URL.createObjectURL(sound), start });
    if (this.loaded < this.at) this.next();
  }

  /** Nothing more comes. */
  finish(): void {
    this.complete = true;
    if (this.at >= this.parts.length) this.listener.ended();
  }

  /** Is ready for another whole; what was played is forgotten. */
  restart(): void {
    for (let number = this.at; number < this.parts.length; number += 1) this.forget(number);
    this.parts.length = 0;
    this.at = 0;
    this.loaded = -1;
    this.complete = false;
  }

  pause(): void {
    this.held = true;
    this.audio.pause();
    this.listener.stateChanged("paused");
  }

  resume(): void {
    this.held = false;
    this.next();
  }

  set speed(rate: number) {
    this.rate = rate;
    this.audio.playbackRate = rate;
  }

  end(): void {
    this.held = true;
    this.audio.onended = this.audio.onerror = this.audio.onplaying = null;
    this.audio.pause();
    for (let number = this.at; number < this.parts.length; number += 1) this.forget(number);
    this.parts.length = 0;
  }

  private next(): void {
    const part = this.parts[this.at];
    if (!part) {
      if (this.complete) this.listener.ended();
      else if (!this.held) this.listener.stateChanged("waiting");
      return;
    }
    if (this.loaded !== this.at) {
      this.loaded = this.at;
      this.audio.src = part.url;
    }
    this.audio.defaultPlaybackRate = this.audio.playbackRate = this.rate;
    if (this.held) return;
    this.audio.play().catch((error: unknown) => {
      // The browser wants another click first.
      if (error instanceof DOMException && error.name === "NotAllowedError") this.pause();
    });
  }

  private follow(): void {
    const part = this.parts[this.at];
    if (this.audio.paused || !part) return;
    this.listener.moved(part.start + this.audio.currentTime);
    requestAnimationFrame(() => this.follow());
  }

  private forget(number: number): void {
    const part = this.parts[number];
    if (part) URL.revokeObjectURL(part.url);
  }
}
