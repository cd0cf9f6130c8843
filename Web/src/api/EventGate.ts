import { abortable, pause } from "./abortable";

/**
 * Lets lists be read only when the server already tells of changes to them: what is read then never needs to be read again to
 * be sure. Where that takes too long, they are read all the same, and once more when the server begins to tell.
 */
export class EventGate {
  private opening: Promise<void> = Promise.resolve();
  private open: () => void = () => undefined;
  private waits = false;
  private read = false;

  /** @param patience milliseconds from the first question on. */
  constructor(private readonly patience = 1500, private readonly wait: typeof pause = pause) {}

  /** Somebody has signed in: events will be followed. */
  expect(): void {
    this.read = false;
    this.waits = true;
    this.opening = new Promise((resolve) => {
      this.open = resolve;
    });
  }

  /** Resolves when lists may be read. */
  async pass(signal?: AbortSignal): Promise<void> {
    if (this.waits) await abortable(Promise.race([this.opening, this.wait(this.patience)]), signal, () => undefined);
    this.waits = false;
    this.read = true;
  }

  /** The server tells of what happens from now on. Answers whether something was read before, of which it may not have told. */
  opened(): boolean {
    const { read } = this;
    this.read = false;
    this.waits = false;
    this.open();
    return read;
  }

  /** Events cannot be followed now: nobody need wait for them. */
  failed(): void {
    this.waits = false;
    this.open();
  }
}
