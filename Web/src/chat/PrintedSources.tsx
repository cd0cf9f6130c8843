import type { Citation } from "../api/conversations";
import { placeText, quoteText } from "../asking/placeText";

/** The sources under an answer on paper, where no number can be pressed. */
export function PrintedSources({ citations }: { citations: Citation[] }) {
  if (citations.length === 0) return null;
  return (
    <ol className="printed-sources">
      {citations.map((citation) => (
        <li key={citation.number} value={citation.number}><strong>{citation.title}</strong>{placeText(citation)}: “{quoteText(citation)}”</li>
      ))}
    </ol>
  );
}
