import type { Citation } from "../api/conversations";
import { placeText, quoteText } from "../asking/placeText";
import { shortened } from "../design/text";
import { t } from "../strings/t";

/** The passages that an answer rests on, in the order of their numbers. */
export function Sources({ citations, open, current }: { citations: Citation[]; open: (citation: Citation) => void; current: number | null }) {
  return (
    <ol className="sources">
      {citations.map((citation) => (
        <li key={citation.number}>
          <button type="button" onClick={() => open(citation)} aria-current={citation.number === current ? "true" : undefined}>
            <span className="cite" aria-hidden="true">{citation.number}</span>
            <span className="source-body">
              <span className="visually-hidden">{t("chat.sourceNumber", { number: citation.number })}: </span>
              <strong dir="auto">{citation.title}</strong>
              <span className="source-place">{placeText(citation).replace(/^ · /, "")}</span>
              <span className="source-quote" dir="auto">{shortened(quoteText(citation), 220)}</span>
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
