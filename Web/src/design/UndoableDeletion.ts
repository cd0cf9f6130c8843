import { untilReachable } from "../api/connection";
import { APIError, ConnectionError, isAbort } from "../api/errors";
import { Store } from "../state/store";
import { t } from "../strings/t";
import { focusRow } from "./rowFocus";
import { dismissToast, showToast, tellFailure } from "./toastStore";

/** How long something deleted can be brought back. */
const graceMilliseconds = 10_000;

interface DeletionSteps {
  /** Deletes on the server; it goes on even when the page is being closed. */
  remove: (id: string) => Promise<unknown>;
  /** Brings the list up to date. */
  after: () => Promise<void> | void;
}

/** One press of Delete: what went with it, and how it comes back. */
interface Step {
  ids: readonly string[];
  undo: () => void;
}

const all = new Set<UndoableDeletion>();
/** All that is gone from sight and not yet from the server, whatever it is. */
export const outOfSight = new Store<ReadonlySet<string>>(new Set());
/** Deletions that can still be undone, the last one last. */
const steps: Step[] = [];

/** Deletes at once what is waiting, before the session that may do it ends. */
export async function finishDeletions(): Promise<void> {
  await Promise.all([...all].map((each) => each.finishAll()));
}

/** Brings the last deletion back; null where there is none to bring back. */
export function undoLast(): (() => void) | null {
  return steps[steps.length - 1]?.undo ?? null;
}

/** Takes things out of sight at once and off the server when Undo is no longer offered. */
export class UndoableDeletion {
  /** What is gone from sight but not yet from the server. */
  readonly leaving = new Store<ReadonlySet<string>>(new Set());
  private readonly waiting = new Map<string, number>();
  /** Aborts what waits for the server to be reached. */
  private patience = new AbortController();

  constructor(private readonly steps: DeletionSteps) {
    all.add(this);
    // Who closes the page has decided: what is waiting is deleted at once.
    window.addEventListener("pagehide", () => {
      for (const [id, timer] of this.waiting) {
        window.clearTimeout(timer);
        void this.steps.remove(id).catch(() => undefined);
      }
      this.waiting.clear();
    });
  }

  start(id: string, title: string): void {
    this.startAll([id], t("design.deleted", { title }));
  }

  /** Deletes several things that one step brings back. */
  startAll(ids: readonly string[], text: string): void {
    this.hide(ids, true);
    const step: Step = {
      ids,
      undo: () => {
        dismissToast(toast);
        this.keep(step);
      },
    };
    for (const id of ids) this.waiting.set(id, window.setTimeout(() => void this.finish([id]), graceMilliseconds));
    window.setTimeout(() => forget(step), graceMilliseconds);
    steps.push(step);
    const toast = showToast(text, { life: graceMilliseconds, action: { label: t("design.undo"), run: step.undo, keys: "Z" } });
  }

  async finishAll(): Promise<void> {
    for (const timer of this.waiting.values()) window.clearTimeout(timer);
    await this.finish([...this.waiting.keys()], (id) => this.steps.remove(id));
  }

  /** Drops what was hidden, without deleting it. */
  forget(): void {
    for (const timer of this.waiting.values()) window.clearTimeout(timer);
    this.waiting.clear();
    this.patience.abort();
    this.patience = new AbortController();
    this.hide([...this.leaving.get()], false);
  }

  private keep(step: Step): void {
    forget(step);
    const kept = step.ids.filter((id) => {
      window.clearTimeout(this.waiting.get(id));
      return this.waiting.delete(id);
    });
    if (kept.length === 0) return;
    this.hide(kept, false);
    if (kept[0] !== undefined) focusRow(kept[0]);
  }

  private async finish(ids: readonly string[], remove = (id: string) => this.removeInTime(id)): Promise<unknown> {
    const due = ids.filter((id) => this.waiting.delete(id));
    if (due.length === 0) return undefined;
    try {
      for (const id of due) await remove(id);
      await this.steps.after();
    } catch (error) {
      if (!isAbort(error)) tellFailure(error, (problem) => t("design.notDeleted", { problem }));
    }
    return this.hide(due, false);
  }

  /** Deletes on the server; while that cannot be reached, the thing stays out of sight and goes as soon as it can. */
  private async removeInTime(id: string): Promise<unknown> {
    const { signal } = this.patience;
    for (;;) {
      try {
        return await this.steps.remove(id);
      } catch (error) {
        // The word that it is done may have been lost with the connection.
        if (error instanceof APIError && error.status === 404) return undefined;
        if (!(error instanceof ConnectionError)) throw error;
        await untilReachable(signal);
      }
    }
  }

  private hide(ids: readonly string[], hidden: boolean): void {
    for (const store of [this.leaving, outOfSight]) {
      store.set((set) => {
        const next = new Set(set);
        for (const id of ids) {
          if (hidden) next.add(id);
          else next.delete(id);
        }
        return next;
      });
    }
  }
}

function forget(step: Step): void {
  const at = steps.indexOf(step);
  if (at >= 0) steps.splice(at, 1);
}
