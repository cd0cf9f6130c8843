import { Icon } from "../design/Icon";
import type { PageProps } from "../frame/Area";
import { usePage } from "../routing/usePage";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { chooseDocuments } from "./addDocuments";
import { EmptyLibrary } from "./EmptyLibrary";
import { library } from "./libraryStore";
import { SourceList } from "./SourceList";

/** All documents of all courses. */
export function LibraryPage({ query }: PageProps) {
  const heading = usePage(t("library.place"));
  const { total, phase } = useStore(library);
  return (
    <div className="page library">
      <header className="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>{t("library.place")}</h1>
          {total > 0 && phase === "ready" ? <p className="sub">{t("library.count", { count: total })}</p> : null}
        </div>
        {total > 0 ? <button type="button" className="button primary" onClick={() => chooseDocuments(null)}><Icon name="upload" size={18} /> {t("library.add")}</button> : null}
      </header>
      <SourceList query={query} course={null} empty={<EmptyLibrary choose={() => chooseDocuments(null)} />} />
    </div>
  );
}
