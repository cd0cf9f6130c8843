import { Icon } from "../design/Icon";

export function Pagination({ page, pages, go }: { page: number; pages: number; go: (page: number) => void }) {
  if (pages <= 1) return null;
  return (
    <nav className="pagination" aria-label="Pages of the list">
      <button type="button" className="icon-button" onClick={() => go(page - 1)} disabled={page <= 1} aria-label="Previous page" title="Previous page"><Icon name="back" /></button>
      <span>Page {page} of {pages}</span>
      <button type="button" className="icon-button" onClick={() => go(page + 1)} disabled={page >= pages} aria-label="Next page" title="Next page"><Icon name="forward" /></button>
    </nav>
  );
}
