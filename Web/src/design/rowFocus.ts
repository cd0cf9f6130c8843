/** What has the focus in a row of a list: its link, or else its first button. */
function targetIn(row: HTMLElement | null): HTMLElement | null {
  return row?.querySelector<HTMLElement>("a[href]") ?? row?.querySelector<HTMLElement>("button:not(:disabled)") ?? null;
}

/** After a row is gone, the keyboard goes on at the one after it, or before it, or at the page's heading. Call it before the row goes. */
export function focusBeside(row: Element | null): void {
  const beside = row?.nextElementSibling ?? row?.previousElementSibling ?? null;
  const id = beside?.getAttribute("data-row") ?? null;
  window.setTimeout(() => {
    const active = document.activeElement;
    // Only where the keyboard lost its place.
    if (active !== null && active !== document.body && active.isConnected) return;
    const next = id === null ? null : targetIn(rowOf(id));
    (next ?? document.querySelector<HTMLElement>("#content h1"))?.focus({ preventScroll: next === null });
  }, 0);
}

/** Puts the keyboard into a row that came back. */
export function focusRow(id: string): void {
  window.setTimeout(() => targetIn(rowOf(id))?.focus(), 0);
}

export function rowOf(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
}
