import { describe } from "../api/errors";
import { Store } from "../state/store";
import { t } from "../strings/t";
import { showToast } from "./toastStore";

/** How long something deleted can be brought back. */
const graceMilliseconds = 6000;

interface DeletionSteps {
  /** Deletes on the server; it goes on even when the page is being closed. */
  remove: (id: string) => Promise<unknown>;
  /** Brings the list up to date. */
  after: () => Promise<void> | void;
}

const all = new Set<UndoableDeletion>();

/** Deletes at once what is waiting, before the session that may do it ends. */
export async function finishDeletions(): Promise<void> {
  await Promise.all([...all].map((each) => each.finishAll()));
}

/** Takes things out of sight at once and off the server when Undo is no longer offered. */
export class UndoableDeletion {
  /** What is gone from sight but not yet from the server. */
  readonly leaving = new Store<ReadonlySet<string>>(new Set());
  private readonly waiting = new Map<string, number>();

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
    this.hide(id, true);
    this.waiting.set(id, window.setTimeout(() => void this.finish(id), graceMilliseconds));
    showToast(t("design.deleted", { title }), { life: graceMilliseconds, action: { label: t("design.undo"), run: () => this.keep(id) } });
  }

  async finishAll(): Promise<void> {
    for (const timer of this.waiting.values()) window.clearTimeout(timer);
    await Promise.all([...this.waiting.keys()].map((id) => this.finish(id)));
  }

  /** Drops what was hidden, without deleting it. */
  forget(): void {
    for (const timer of this.waiting.values()) window.clearTimeout(timer);
    this.waiting.clear();
    this.leaving.set(new Set());
  }

  private keep(id: string): void {
    window.clearTimeout(this.waiting.get(id));
    if (this.waiting.delete(id)) this.hide(id, false);
  }

  private async finish(id: string): Promise<void> {
    if (!this.waiting.delete(id)) return;
    try {
      await this.steps.remove(id);
      await this.steps.after();
    } catch (error) {
      showToast(t("design.notDeleted", { problem: describe(error) }));
    } finally {
      this.hide(id, false);
    }
  }

  private hide(id: string, hidden: boolean): void {
    this.leaving.set((set) => {
      const next = new Set(set);
      if (hidden) next.add(id);
      else next.delete(id);
      return next;
    });
  }
}
