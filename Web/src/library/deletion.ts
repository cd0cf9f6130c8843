import { documents, LibraryDocument } from "../api/documents";
import { describe } from "../api/errors";
import { showToast } from "../design/toastStore";
import { leaving, loadLibrary } from "./libraryStore";

/** How long a deleted document can be brought back. */
export const graceMilliseconds = 6000;

const waiting = new Map<string, number>();

/** Takes the document off the list now and off the server when Undo is no longer offered. */
export function deleteWithUndo(document: LibraryDocument): void {
  hide(document.id, true);
  waiting.set(document.id, window.setTimeout(() => void deleteNow(document.id), graceMilliseconds));
  showToast(`“${document.title}” was deleted.`, {
    life: graceMilliseconds,
    action: { label: "Undo", run: () => keep(document.id) },
  });
}

function keep(id: string): void {
  window.clearTimeout(waiting.get(id));
  if (waiting.delete(id)) hide(id, false);
}

async function deleteNow(id: string): Promise<void> {
  if (!waiting.delete(id)) return;
  try {
    await documents.remove(id);
    await loadLibrary();
  } catch (error) {
    showToast(`The document could not be deleted. ${describe(error)}`);
  } finally {
    hide(id, false);
  }
}

function hide(id: string, hidden: boolean): void {
  leaving.set((set) => {
    const next = new Set(set);
    if (hidden) next.add(id);
    else next.delete(id);
    return next;
  });
}

// Who closes the page has decided: what is waiting is deleted at once.
window.addEventListener("pagehide", () => {
  for (const [id, timer] of waiting) {
    window.clearTimeout(timer);
    void documents.remove(id).catch(() => undefined);
  }
  waiting.clear();
});
