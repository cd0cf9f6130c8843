import { useEffect, useState } from "react";
import { documents, OutlineEntry } from "../api/documents";

/** A document's headings; none until they are known. A document without them is read all the same, so a failure is not told. */
export function useOutline(id: string, ready: boolean): readonly OutlineEntry[] {
  const [entries, setEntries] = useState<readonly OutlineEntry[]>([]);
  useEffect(() => {
    if (!ready) return undefined;
    const controller = new AbortController();
    documents.outline(id, controller.signal).then(({ data }) => setEntries(data), () => undefined);
    return () => controller.abort();
  }, [id, ready]);
  return entries;
}
