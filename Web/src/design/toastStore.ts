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
