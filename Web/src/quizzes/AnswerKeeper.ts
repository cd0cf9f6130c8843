import { untilReachable } from "../api/connection";
import { APIError, ConnectionError } from "../api/errors";
import { Answer, attempts } from "../api/quizzes";

/** Milliseconds from the last letter to the saving. */
const rest = 500;

/** Keeps on the server what is answered, a moment after each change; what could not be sent is sent when the server is back. */
export class AnswerKeeper {
  private answers: Record<string, Answer | null> = {};
  private flags: Record<string, boolean> = {};
  private at: number | undefined;
  private timer = 0;
  private sending: Promise<void> | null = null;
  private readonly controller = new AbortController();
  private tell: (unsaved: boolean) => void = () => undefined;

  constructor(private readonly quiz: string, private readonly attempt: string) {}

  /** Calls back when something could not be saved, and when it is. */
  follow(tell: (unsaved: boolean) => void): () => void {
    this.tell = tell;
    const leave = () => void this.flush();
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      void this.flush();
      this.tell = () => undefined;
    };
  }

  answer(question: string, answer: Answer | null): void {
    this.answers[question] = answer;
    this.later();
  }

  flag(question: string, flagged: boolean): void {
    this.flags[question] = flagged;
    this.later();
  }

  position(at: number): void {
    this.at = at;
    this.later();
  }

  /** It has been judged: there is nothing to keep of it any more. */
  drop(question: string): void {
    delete this.answers[question];
  }

  /** What has not been saved yet. */
  left(): Record<string, Answer | null> {
    return { ...this.answers };
  }

  stop(): void {
    window.clearTimeout(this.timer);
    this.controller.abort();
    this.answers = {};
    this.flags = {};
    this.at = undefined;
  }

  async flush(): Promise<void> {
    window.clearTimeout(this.timer);
    await this.sending;
    const { answers, flags, at } = this;
    if (Object.keys(answers).length === 0 && Object.keys(flags).length === 0 && at === undefined) return;
    [this.answers, this.flags, this.at] = [{}, {}, undefined];
    this.sending = attempts.save(this.quiz, this.attempt, { answers, flags, ...(at === undefined ? {} : { position: at }) }).then(
      () => this.tell(false),
      (error: unknown) => {
        // It was handed in, here or elsewhere, or is gone.
        if (error instanceof APIError && (error.status === 409 || error.status === 404)) return;
        this.answers = { ...answers, ...this.answers };
        this.flags = { ...flags, ...this.flags };
        this.at ??= at;
        this.tell(true);
        if (error instanceof ConnectionError) void untilReachable(this.controller.signal).then(() => this.later(), () => undefined);
        else this.later(5000);
      },
    );
    await this.sending;
    this.sending = null;
  }

  private later(milliseconds = rest): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.flush(), milliseconds);
  }
}
