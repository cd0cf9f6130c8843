import { Icon } from "../design/Icon";
import { t } from "../strings/t";

export function Pagination({ page, pages, go }: { page: number; pages: number; go: (page: number) => void }) {
  if (pages <= 1) return null;
  return (
    <nav className="pagination" aria-label={t("library.listPages")}>
      <button type="button" className="icon-button" onClick={() => go(page - 1)} disabled={page <= 1} aria-label={t("library.previousPage")} title={t("library.previousPage")}><Icon name="back" /></button>
      <span>{t("library.pageOf", { page, pages })}</span>
      <button type="button" className="icon-button" onClick={() => go(page + 1)} disabled={page >= pages} aria-label={t("library.nextPage")} title={t("library.nextPage")}><Icon name="forward" /></button>
    </nav>
  );
}
