import type { Citation } from "../api/conversations";
import { Icon } from "../design/Icon";
import { t } from "../strings/t";

interface TourProps {
  citations: Citation[];
  /** The number of the source that is open. */
  current: number | null;
  show: (citation: Citation) => void;
}

/** Which of an answer's sources is open, and the way to the one before and the one after. */
export function SourceTour({ citations, current, show }: TourProps) {
  const at = citations.findIndex((citation) => citation.number === current);
  if (at < 0 || citations.length < 2) return null;
  const step = (by: number) => {
    const next = citations[at + by];
    if (next) show(next);
  };
  // Not `disabled`: at the last source the button that led there keeps the focus.
  return (
    <div className="source-tour" role="group" aria-label={t("chat.tour")}>
      <button type="button" className="icon-button" onClick={() => step(-1)} aria-disabled={at === 0} aria-label={t("chat.previousSource")} title={t("chat.previousSource")}><Icon name="back" /></button>
      <span role="status">{t("chat.sourceOf", { number: at + 1, total: citations.length })}</span>
      <button type="button" className="icon-button" onClick={() => step(1)} aria-disabled={at === citations.length - 1} aria-label={t("chat.nextSource")} title={t("chat.nextSource")}><Icon name="forward" /></button>
    </div>
  );
}
