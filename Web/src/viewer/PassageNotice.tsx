import { Icon } from "../design/Icon";
import type { QuoteMatch } from "./quoteMatch";

interface NoticeProps {
  search: "none" | "looking" | "found" | "missing";
  kind: QuoteMatch["kind"] | null;
  page: number | null;
}

/** Says where the passage is, or honestly that it could not be pointed at. */
export function PassageNotice({ search, kind, page }: NoticeProps) {
  const where = page === null ? "" : ` on page ${page}`;
  const found = kind === "near" ? `The nearest match is highlighted${where}.` : `The passage is highlighted${where}.`;
  const missing = `The passage could not be found in the text${page === null ? "" : ` of page ${page}`}. It may be part of a picture or a table.`;
  return (
    <>
      <p className="visually-hidden" role="status">{search === "found" ? found : search === "missing" ? missing : ""}</p>
      {search === "missing" || (search === "found" && kind === "near") ? (
        <p className="passage-notice" aria-hidden="true"><Icon name="alert" size={16} /> {search === "missing" ? missing : found}</p>
      ) : null}
    </>
  );
}
