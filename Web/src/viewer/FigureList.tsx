import type { Figure } from "../api/documents";
import { t } from "../strings/t";
import { FigureThumb } from "./FigureThumb";

interface FigureListProps {
  /** Of the document. */
  id: string;
  figures: readonly Figure[];
  /** What a page is called, where that is not its number; null where the document has no pages. */
  pageName: ((page: number) => string) | null;
  go: (figure: Figure) => void;
}

/** A document's figures, as the way to them. */
export function FigureList({ id, figures, pageName, go }: FigureListProps) {
  return (
    <ul className="figure-list">
      {figures.map((figure) => (
        <li key={figure.number} className="contents-row">
          <button type="button" className="contents-heading" onClick={() => go(figure)}>
            {figure.has_picture ? <FigureThumb id={id} number={figure.number} /> : null}
            <span dir="auto">{figure.caption || t("viewer.unnamedFigure", { number: figure.number })}</span>
            {pageName ? <span className="figure-page">{t("viewer.pageNumber", { number: pageName(figure.page) })}</span> : null}
          </button>
        </li>
      ))}
    </ul>
  );
}
