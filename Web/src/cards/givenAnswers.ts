import { GivenAnswer, Reviewed, reviewsAPI } from "../api/cards";
import { untilReachable } from "../api/connection";
import { APIError, ConnectionError, isAbort } from "../api/errors";
import { tellFailure } from "../design/toastStore";
import { session } from "../session/session";
import { keepText, keptList } from "../state/kept";
import { Store } from "../state/store";

/** An answer that the server does not have yet, or one that is to be taken back. */
type Step = { answer: GivenAnswer } | { undo: string };

const key = (user: string) => `little-monster-answers-${user}`;

/** How many answers are not with the server yet. */
export const unsent = new Store(0);

let sending: Promise<void> | null = null;
let patience = new AbortController();

function user(): string | null {
  const now = session.get();
  return now.phase === "signedIn" ? now.user.id : null;
}

function isStep(value: unknown): value is Step {
  if (typeof value !== "object" || value === null) return false;
  const { answer, undo } = value as { answer?: { id?: unknown }; undo?: unknown };
  return typeof undo === "string" || typeof answer?.id === "string";
}

function steps(of: string): Step[] {
  return keptList(key(of), isStep);
}

function keep(of: string, list: readonly Step[]): void {
  keepText(key(of), list.length === 0 ? null : JSON.stringify(list));
  unsent.set(list.length);
}

/** Keeps an answer in this browser and sends it as soon as the server can be reached: it is not lost, and counts once. */
export function give(answer: GivenAnswer, told: (reviewed: Reviewed) => void): void {
  add({ answer });
  listeners.set(answer.id, told);
  void sendAnswers();
}

export function takeBack(id: string): void {
  listeners.delete(id);
  add({ undo: id });
  void sendAnswers();
}

const listeners = new Map<string, (reviewed: Reviewed) => void>();

function add(step: Step): void {
  const of = user();
  if (of !== null) keep(of, [...steps(of), step]);
}

/** The cards that answers are on their way to: what the server says of them is older than that. */
export function answeredCards(): ReadonlySet<string> {
  const of = user();
  return new Set(of === null ? [] : steps(of).flatMap((step) => ("answer" in step ? [step.answer.card_id] : [])));
}

/** Sends what is kept, in its order. */
export function sendAnswers(): Promise<void> {
  sending ??= send().finally(() => {
    sending = null;
  });
  return sending;
}

async function send(): Promise<void> {
  const of = user();
  if (of === null) return;
  const { signal } = patience;
  unsent.set(steps(of).length);
  for (let step = steps(of)[0]; step && !signal.aborted; step = steps(of)[0]) {
    try {
      if ("answer" in step) {
        const reviewed = await reviewsAPI.answer(asSent(step.answer));
        listeners.get(step.answer.id)?.(reviewed);
      } else {
        await reviewsAPI.undo(step.undo);
      }
    } catch (error) {
      if (isAbort(error)) return;
      if (error instanceof ConnectionError || (error instanceof APIError && error.status >= 500)) {
        // Another tab may send them meanwhile, which does no harm.
        // Nobody else may be asking, so it asks again by itself after a while.
        const rest = new Promise<void>((done) => window.setTimeout(done, 3000));
        await Promise.race([untilReachable(signal).catch(() => undefined), rest]);
        await new Promise((done) => window.setTimeout(done, 500));
        continue;
      }
      if (error instanceof APIError && error.status === 401) return;
      // The card is gone: there is nothing left to answer.
      if (!(error instanceof APIError && (error.status === 404 || error.status === 422))) tellFailure(error);
    }
    if ("answer" in step) listeners.delete(step.answer.id);
    drop(of, step);
  }
}

/** A step is done; others may have come behind it. */
function drop(of: string, step: Step): void {
  const same = (each: Step) => ("answer" in each ? "answer" in step && each.answer.id === step.answer.id : "undo" in step && each.undo === step.undo);
  const now = steps(of);
  const at = now.findIndex(same);
  keep(of, now.filter((_, index) => index !== at));
}

/** What was answered a moment ago was answered now, by the server's clock: this machine's may be wrong. */
function asSent(answer: GivenAnswer): GivenAnswer {
  if (answer.reviewed_at === undefined || Date.now() - Date.parse(answer.reviewed_at) > 5000) return answer;
  const { reviewed_at: _, ...rest } = answer;
  return rest;
}

/** Stops sending: somebody else is going to sign in. What is kept stays for who it is of. */
export function forgetAnswersGiven(): void {
  patience.abort();
  patience = new AbortController();
  listeners.clear();
  unsent.set(0);
}
