import { Icon } from "../design/Icon";
import type { PageProps } from "../frame/Area";
import { PageTabs } from "../frame/PageTabs";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { chooseDocuments } from "./addDocuments";
import { EmptyLibrary } from "./EmptyLibrary";
import { library } from "./libraryStore";
import { SharedWithMe } from "./SharedWithMe";
import { SourceList } from "./SourceList";

/** All documents of all courses. */
export function LibraryPage({ query }: PageProps) {
  const heading = usePage(t("library.place"));
  const { total, phase, filter } = useStore(library);
  const shared = query.get("shared") !== null;
  const counted = total > 0 && phase === "ready" && (filter.whose === "shared") === shared;
  return (
    <div className="page library">
      <header className="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>{t("library.place")}</h1>
          {counted ? <p className="sub">{t("library.count", { count: total })}</p> : null}
        </div>
        {total > 0 && !shared ? <button type="button" className="button primary" onClick={() => chooseDocuments(null)}><Icon name="upload" size={18} /> {t("library.add")}</button> : null}
      </header>
      <PageTabs label={t("library.whose")}>
        <Link to={paths.library} aria-current={shared ? undefined : "page"}>{t("library.own")}</Link>
        <Link to={`${paths.library}?shared=1`} aria-current={shared ? "page" : undefined}>{t("library.sharedWithMe")}</Link>
      </PageTabs>
      {shared ? <SharedWithMe query={query} /> : <SourceList query={query} course={null} empty={<EmptyLibrary choose={() => chooseDocuments(null)} />} />}
    </div>
  );
}
