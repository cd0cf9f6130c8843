const key = "little-monster-uploads";

/** What is left of an upload when the page is gone. */
interface PendingUpload {
  name: string;
  size: number;
}

/** Keeps the names of the files on their way for this tab's next load, and asks before they are cut off. */
export function rememberPending(list: PendingUpload[]): void {
  if (list.length > 0) window.addEventListener("beforeunload", ask);
  else window.removeEventListener("beforeunload", ask);
  try {
    if (list.length > 0) window.sessionStorage.setItem(key, JSON.stringify(list.map(({ name, size }) => ({ name, size }))));
    else window.sessionStorage.removeItem(key);
  } catch {
    // Storage may be forbidden; an interrupted upload is then not told.
  }
}

/** The files that the last load of this tab did not finish sending; they are told once. */
export function recallPending(): PendingUpload[] {
  try {
    const list = JSON.parse(window.sessionStorage.getItem(key) ?? "[]") as PendingUpload[];
    window.sessionStorage.removeItem(key);
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
