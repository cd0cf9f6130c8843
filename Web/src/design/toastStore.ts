import { reachable, undone } from "../api/connection";
import { ConnectionError, describe } from "../api/errors";
import { Store } from "../state/store";

/** A short message at the foot of the screen. */
export interface Toast {
  id: number;
  text: string;
  action?: { label: string; run: () => void; /** With Ctrl or Cmd it does the same from anywhere. */ keys?: string };
  /** Milliseconds on screen. */
  life: number;
}

export const toasts = new Store<Toast[]>([]);

let next = 1;

/** Says that something was not done, and why. That the server cannot be reached, the banner says for all. */
export function tellFailure(error: unknown, words: (problem: string) => string = (problem) => problem): void {
  if (error instanceof ConnectionError && !reachable.get()) undone.set(true);
  else showToast(words(describe(error)));
}

export function showToast(text: string, options: { action?: Toast["action"]; life?: number } = {}): number {
  const id = next;
  next += 1;
  const toast: Toast = { id, text, life: options.life ?? 5000, ...(options.action ? { action: options.action } : {}) };
  toasts.set((list) => [...list.slice(-2), toast]);
  return id;
}

export function dismissToast(id: number): void {
  toasts.set((list) => list.filter((toast) => toast.id !== id));
}
