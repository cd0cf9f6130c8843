import { useEffect, useState } from "react";
import { documents } from "../api/documents";
import type { ScopedDocument } from "../asking/scope";
import { t } from "../strings/t";

const titles = new Map<string, string>();

/** The titles of documents known by id only. */
export function useScopeTitles(ids: string[]): ScopedDocument[] {
  const [, setKnown] = useState(0);
  const key = ids.join();
  useEffect(() => {
    const controller = new AbortController();
    const missing = key.split(",").filter((id) => id !== "" && !titles.has(id));
    void Promise.all(missing.map(async (id) => {
      const title = await documents.get(id, controller.signal).then((document) => document.title, () => t("chat.deletedDocument"));
      if (!controller.signal.aborted) titles.set(id, title);
    })).then(() => missing.length > 0 && setKnown((number) => number + 1));
    return () => controller.abort();
  }, [key]);
  return ids.map((id) => ({ id, title: titles.get(id) ?? t("chat.documents", { count: 1 }) }));
}
