import type { RefObject } from "react";
import { documents } from "../api/documents";
import { tellFailure } from "../design/toastStore";
import type { Stretch, useReadStretches } from "../speech/useReadStretches";
import { paragraphsOf } from "./paragraphs";
import type { DocumentReader } from "./ReadAloudControl";
import { spokenTexts } from "./readingText";
import { selectedStretch } from "./selectedStretch";

/** Reads a PDF aloud, page by page, in the words that the server found on them: without what stands on every page. */
export function pdfReader(
  id: string, pages: number, scroller: RefObject<HTMLElement>, shown: RefObject<number>, goTo: (page: number) => void, read: ReturnType<typeof useReadStretches>,
): DocumentReader {
  const layers = (page?: number) => [...(scroller.current?.querySelectorAll(`${page === undefined ? "" : `[data-page="${page}"] `}.text-layer`) ?? [])];
  const from = async (first: number): Promise<void> => {
    let page = first;
    const next = async (): Promise<Stretch | null> => {
      while (page <= pages) {
        const number = page;
        page += 1;
        const [found] = (await documents.pages(id, number, 1)).data;
        const text = found ? spokenTexts(paragraphsOf(found)) : "";
        if (text === "") continue;
        if (shown.current !== number) goTo(number);
        return { text, elements: () => layers(number) };
      }
      return null;
    };
    try {
      const stretch = await next();
      if (stretch) read(stretch, next);
    } catch (error) {
      tellFailure(error);
    }
  };
  return {
    of: `document:${id}`,
    read: () => void from(shown.current ?? 1),
    readSelection: () => {
      const stretch = selectedStretch(() => layers());
      if (stretch) read(stretch);
    },
  };
}
