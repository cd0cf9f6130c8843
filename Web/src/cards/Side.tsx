import { memo, useLayoutEffect, useMemo, useRef } from "react";
import type { Card } from "../api/cards";
import { blocksOf } from "../chat/markdown";
import { typeset } from "../design/math";
import { cleanSide } from "./cleanSide";
import { showMedia } from "./showMedia";

/** One side of a card, as it is shown: Markdown with formulas, or HTML of another program, cleaned; with its pictures and sounds. */
export const Side = memo(function Side({ text, markup }: { text: string; markup: Card["markup"] }) {
  const element = useRef<HTMLDivElement>(null);
  const clean = useMemo(() => ({ __html: cleanSide(markup === "html" ? text : blocksOf(text).map(({ html }) => html).join("")) }), [text, markup]);
  useLayoutEffect(() => {
    if (!element.current) return undefined;
    typeset(element.current);
    return showMedia(element.current);
  }, [clean]);
  return <div ref={element} className="answer card-side" dir="auto" dangerouslySetInnerHTML={clean} />;
});
