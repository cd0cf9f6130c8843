import { Icon } from "../design/Icon";
import { t } from "../strings/t";
import type { QuoteMatch } from "./quoteMatch";

interface NoticeProps {
  search: "none" | "looking" | "found" | "missing";
  kind: QuoteMatch["kind"] | null;
  /** What the page is called. */
  page: number | string | null;
}

/** Says where the passage is, or honestly that it could not be pointed at. */
export function PassageNotice({ search, kind, page }: NoticeProps) {
  const near = page === null ? t("viewer.near") : t("viewer.nearOn", { page });
  const exact = page === null ? t("viewer.found") : t("viewer.foundOn", { page });
  const found = kind === "near" ? near : exact;
  const missing = page === null ? t("viewer.missing") : t("viewer.missingOn", { page });
  return (
    <>
      <p className="visually-hidden" role="status">{search === "found" ? found : search === "missing" ? missing : ""}</p>
      {search === "missing" || (search === "found" && kind === "near") ? (
        <p className="passage-notice" aria-hidden="true"><Icon name="alert" size={16} /> {search === "missing" ? missing : found}</p>
      ) : null}
    </>
  );
}
