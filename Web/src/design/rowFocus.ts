/** What has the focus in a row of a list: the first link or button of it. */
const target = "a[href], button:not(:disabled), input";

/** After a row is gone, the keyboard goes on at the one after it, or before it, or at the page's heading. Call it before the row goes. */
export function focusBeside(row: Element | null): void {
  const beside = row?.nextElementSibling ?? row?.previousElementSibling ?? null;
  const id = beside?.getAttribute("data-row") ?? null;
  window.setTimeout(() => {
    const active = document.activeElement;
    // Only where the keyboard lost its place.
    if (active !== null && active !== document.body && active.isConnected) return;
    const next = id === null ? null : rowOf(id)?.querySelector<HTMLElement>(target);
    (next ?? document.querySelector<HTMLElement>("#content h1"))?.focus({ preventScroll: next === null });
  }, 0);
}

/** Puts the keyboard into a row that came back. */
export function focusRow(id: string): void {
  window.setTimeout(() => rowOf(id)?.querySelector<HTMLElement>(target)?.focus(), 0);
}

export function rowOf(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
}
