import type { ContentsSetting } from "./Contents";
import type { PageLabels } from "./pageLabels";
import type { DocumentSound } from "../recordings/useDocumentSound";
import type { Passage } from "./usePassage";

/** What a viewer of either kind, of pages or of text, is given. */
export interface ViewerProps {
  id: string;
  title: string;
  passage: Passage | null;
  /** On a page of its own, not beside an answer. */
  alone: boolean;
  /** Whether the server read a page from its picture; the same function while that does not change. */
  recognised: (page: number) => boolean;
  contents: ContentsSetting;
  /** What the document calls its pages. */
  labels: PageLabels;
  /** Its pages are slides. */
  slides: boolean;
  /** The recording that it was made of. */
  heard: DocumentSound | null;
  ask: (words?: string) => void;
}
