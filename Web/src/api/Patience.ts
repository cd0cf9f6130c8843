import { pause } from "./abortable";

/** What of an answer tells whether to come back. */
interface Reply {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
}

/**
 * Waits out what the server asks for with Retry-After, unseen: a reader who turns pages fast, or a server that has just been
 * started, is no reason for an error. All requests wait while one was told to, so that they do not use up what is refilled.
 */
export class Patience {
  private free = 0;

  /**
   * @param most milliseconds that one request waits in all; what takes longer is told.
   */
  constructor(
    private readonly most = 20_000, private readonly now: () => number = Date.now, private readonly wait: typeof pause = pause,
  ) {}

  /** @param repeatable whether a request may be sent again that the server may have begun to work on. */
  async send<Answer extends Reply>(request: () => Promise<Answer>, repeatable: boolean, signal?: AbortSignal): Promise<Answer> {
    const start = this.now();
    for (;;) {
      while (this.free > this.now() && this.free - start <= this.most) await this.hold(signal);
      const answer = await request();
      const milliseconds = waitAskedBy(answer, repeatable);
      if (milliseconds === null || this.now() + milliseconds - start > this.most) return answer;
      this.free = Math.max(this.free, this.now() + milliseconds);
      await this.hold(signal);
    }
  }

  private async hold(signal: AbortSignal | undefined): Promise<void> {
    await this.wait(Math.max(0, this.free - this.now()), signal);
    signal?.throwIfAborted();
  }
}

/** Milliseconds; null where waiting does not help or is not asked for. */
function waitAskedBy({ status, headers }: Reply, repeatable: boolean): number | null {
  // Too many requests: this one was not looked at. Unavailable: it may have been.
  if (status !== 429 && !(status === 503 && repeatable)) return null;
  const seconds = Number.parseInt(headers.get("Retry-After") ?? "", 10);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.max(seconds, 0.1) * 1000 : null;
}
