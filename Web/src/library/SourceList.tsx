import { useEffect } from "react";
import { DocumentSort, documentSorts } from "../api/documents";
import { useCourse } from "../course/courseStore";
import { Icon } from "../design/Icon";
import { Loading, Problem } from "../design/Notice";
import { scrollToTop } from "../frame/scrollMemory";
import { setParameters } from "../routing/location";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { DocumentRow } from "./DocumentRow";
import { loadLibrary } from "./libraryStore";
import { Pagination } from "./Pagination";
import { endSelection, selecting, selection } from "./selection";
import { SelectionBar } from "./SelectionBar";
import { uploads } from "./uploads";
import { UploadRow } from "./UploadRow";
import { useLibrary } from "./useLibrary";

interface SourceListProps {
  query: URLSearchParams;
  course: string | null;
  /** What others share, and not the student's own. */
  shared?: boolean;
  /** Shown where there is nothing at all. */
  empty: React.ReactNode;
}

const sortLabels: Record<DocumentSort, string> = {
  "-created_at": t("library.newest"), created_at: t("library.oldest"), title: t("library.titleUp"), "-title": t("library.titleDown"),
};

/** Documents with what is done with them: found, sorted, ticked, opened. The address keeps which of them are shown. */
export function SourceList({ query, course, shared = false, empty }: SourceListProps) {
  const text = query.get("q") ?? "";
  const sort = documentSorts.find((each) => each === query.get("sort")) ?? "-created_at";
  const page = Math.max(1, Number.parseInt(query.get("page") ?? "1", 10) || 1);
  const state = useLibrary({ text, course, whose: shared ? "shared" : "own", sort }, page);
  const reading = useCourse(course)?.shared_by !== undefined || shared;
  const sending = useStore(uploads).filter((upload) => !shared && (course === null || upload.course === course));
  const ticked = useStore(selection).size > 0;
  const choosing = useStore(selecting);
  useEffect(() => endSelection, [course, shared]);

  const nothing = state.phase === "ready" && text === "" && state.items.length === 0;
  if (nothing && sending.length === 0) return <>{empty}</>;
  const turn = (next: number) => {
    setParameters({ page: next === 1 ? null : next });
    scrollToTop();
  };
  return (
    <div className={ticked || choosing ? "sources-list choosing" : "sources-list"}>
      {state.total > 1 || text !== "" ? (
        <div className="list-tools">
          <input
            className="input list-filter" type="search" aria-label={t("library.filter")} placeholder={t("library.filter")} dir="auto" value={text}
            onChange={(event) => setParameters({ q: event.target.value, page: null })}
          />
          <label className="list-sort">
            <span className="visually-hidden">{t("library.sort")}</span>
            <select className="input" value={sort} onChange={(event) => setParameters({ sort: event.target.value === "-created_at" ? null : event.target.value, page: null })}>
              {documentSorts.map((each) => <option key={each} value={each}>{sortLabels[each]}</option>)}
            </select>
          </label>
          {reading ? null : (
            <button type="button" className="button quiet" aria-pressed={choosing} onClick={() => (choosing || ticked ? endSelection() : selecting.set(true))}>
              <Icon name="check" size={18} /> <span>{t("library.select")}</span>
            </button>
          )}
        </div>
      ) : null}
      {ticked || choosing ? <SelectionBar shown={state.items} course={course} /> : null}
      {state.phase === "ready" && text !== "" && state.items.length === 0 ? <p className="drop-hint" role="status">{t("library.noTitle")}</p> : null}
      {state.problem ? <Problem action={{ label: t("library.tryAgain"), run: () => void loadLibrary() }}>{state.problem}</Problem> : null}
      {state.phase === "loading" && state.items.length === 0 ? <Loading label={t("library.opening")} /> : null}

      {sending.length > 0 ? (
        <ul className="document-list" aria-label={t("library.uploads")}>
          {sending.map((upload) => <UploadRow key={upload.key} upload={upload} />)}
        </ul>
      ) : null}
      {state.items.length > 0 ? (
        <ul className="document-list" aria-label={t("library.documents")}>
          {state.items.map((document) => <DocumentRow key={document.id} document={document} showCourse={course === null} />)}
        </ul>
      ) : null}
      <Pagination page={state.page} pages={state.pages} go={turn} />
      {state.items.length > 0 && !reading ? <p className="drop-hint">{t("library.kinds")}<span className="only-mouse"> {t("library.dropAnywhere")}</span></p> : null}
    </div>
  );
}
