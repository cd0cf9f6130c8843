import { useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";
import type { Citation } from "../api/conversations";
import { CitedFigure } from "./CitedFigure";
import { shortened } from "../design/text";
import { placeText, quoteText } from "../asking/placeText";

/** A source's passage beside its number. The pointer may rest on it; pressing the number is what opens the source. */
export function CitationPreview({ citation, anchor }: { citation: Citation; anchor: HTMLElement }) {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const card = element.current;
    if (!card) return;
    const box = anchor.getBoundingClientRect();
    const margin = 8;
    const left = Math.max(margin, Math.min(box.left, window.innerWidth - card.offsetWidth - margin));
    const above = box.top - card.offsetHeight - margin;
    card.style.left = `${left}px`;
    card.style.top = `${above > margin ? above : box.bottom + margin}px`;
  }, [anchor, citation]);
  return createPortal(
    <div className="citation-preview" ref={element} role="tooltip">
      <p className="citation-place"><strong dir="auto">{citation.title}</strong>{placeText(citation)}</p>
      <p dir="auto">{shortened(quoteText(citation), 260)}</p>
      <CitedFigure citation={citation} />
    </div>,
    document.body,
  );
}
