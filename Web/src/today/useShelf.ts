import { isBusy, LibraryDocument } from "../api/documents";
import { useLiveList } from "../events/useLiveList";
import { anyDocument, documentList } from "../library/libraryStore";
import { uploads } from "../library/uploads";
import { useStore } from "../state/useStore";

interface Shelf {
  phase: "loading" | "ready" | "failed";
  total: number;
  /** What is being read now. */
  busy: LibraryDocument[];
  problem: string | null;
  reload: () => void;
}

/** The newest of the library are enough to see what is at work. */
const newest = 50;

/** What of the library, and of what others share, concerns today. */
export function useShelf(): Shelf {
  const { phase, items, total, problem, reload } = useLiveList("shelf", () => documentList(newest, { ...anyDocument, whose: "all" }));
  const sending = useStore(uploads).length;
  // Files on their way are documents to be: who has some is no newcomer.
  return { phase, total: total + sending, busy: items.filter(isBusy), problem, reload };
}
