const key = "little-monster-contents";

/** Whether the reader likes to have the table of contents open. */
export function recallContents(): boolean {
  try {
    return window.localStorage.getItem(key) === "open";
  } catch {
    return false;
  }
}

export function rememberContents(open: boolean): void {
  try {
    if (open) window.localStorage.setItem(key, "open");
    else window.localStorage.removeItem(key);
  } catch {
    // Storage may be forbidden; the contents then begin closed.
  }
}
