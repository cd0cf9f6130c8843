import { memo, MouseEvent, useLayoutEffect, useMemo, useRef } from "react";
import type { Citation } from "../api/conversations";
import { copyText } from "../design/clipboard";
import { CitationPreview } from "./CitationPreview";
import { addCopyButtons, codeToCopy } from "./codeCopy";
import { blocksOf } from "./markdown";
import { typeset } from "../design/math";
import { useReadAlong } from "../speech/useReadAlong";
import { sanitized } from "./sanitize";
import { CitedNumber, useCitationPreview } from "./useCitationPreview";

interface AnswerProps {
  /** Of its message. */
  id: string;
  content: string;
  citations: Citation[];
  /** The number whose source stands open beside the answer. */
  current: number | null;
  open: (citation: Citation) => void;
}

/** An answer with its numbered sources: pointing at one shows the passage, pressing it opens the page. */
export const Answer = memo(function Answer({ id, content, citations, current, open }: AnswerProps) {
  const numbers = citations.map((citation) => citation.number).join();
  const blocks = useMemo(() => blocksOf(content, numbers.split(",").map(Number)), [content, numbers]);

  const cited = (target: EventTarget): CitedNumber | null => {
    const anchor = target instanceof Element ? target.closest<HTMLElement>("[data-cite]") : null;
    const citation = citations.find((each) => String(each.number) === anchor?.dataset["cite"]);
    return anchor && citation ? { anchor, citation } : null;
  };
  const { preview, hide, handlers } = useCitationPreview(cited);
  const press = (event: MouseEvent) => {
    const code = codeToCopy(event.target);
    if (code !== null) {
      void copyText(code);
      return;
    }
    const hit = cited(event.target);
    if (!hit) return;
    hide();
    open(hit.citation);
  };

  const element = useRef<HTMLDivElement>(null);
  useReadAlong(id, element);
  useLayoutEffect(() => {
    for (const button of element.current?.querySelectorAll<HTMLElement>("[data-cite]") ?? []) {
      if (button.dataset["cite"] === String(current)) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }, [current, blocks]);

  return (
    <div ref={element} className="answer" {...handlers} onClick={press}>
      {blocks.map((block, index) => <BlockView key={index} html={block.html} />)}
      {preview ? <CitationPreview citation={preview.citation} anchor={preview.anchor} /> : null}
    </div>
  );
});

const BlockView = memo(function BlockView({ html }: { html: string }) {
  const element = useRef<HTMLDivElement>(null);
  const clean = useMemo(() => ({ __html: sanitized(html) }), [html]);
  useLayoutEffect(() => {
    if (!element.current) return;
    addCopyButtons(element.current);
    typeset(element.current);
  }, [clean]);
  return <div ref={element} dir="auto" dangerouslySetInnerHTML={clean} />;
});
