import { FormEvent, useEffect, useRef, useState } from "react";
import { documents, SearchHit, SearchMode } from "../api/documents";
import { describe } from "../api/errors";
import { placeText, quoteText } from "../asking/placeText";
import { useCourse, useCourses } from "../course/courseStore";
import { Icon } from "../design/Icon";
import { Loading, Problem } from "../design/Notice";
import { Segments } from "../design/Segments";
import { Link } from "../routing/Link";
import { navigate, useLocation } from "../routing/location";
import { paths, withQuery } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { t } from "../strings/t";
import { markedWords } from "./markedWords";

const modes = [
  { value: "hybrid", label: t("search.hybrid") },
  { value: "vector", label: t("search.vector") },
  { value: "keyword", label: t("search.keyword") },
] as const;

/** Passages of the library, found by meaning, by words, or both. The address keeps the query, so that Back brings it back. */
export function SearchPage() {
  const heading = usePage(t("search.place"), { focus: false });
  const parameters = new URLSearchParams(useLocation().query);
  const query = parameters.get("q") ?? "";
  const mode = modes.find((each) => each.value === parameters.get("mode"))?.value ?? "hybrid";
  const [text, setText] = useState(query);
  const course = useCourse(parameters.get("course"))?.id ?? parameters.get("course");
  const courses = useCourses();
  const [hits, setHits] = useState<SearchHit[] | null>(null);
  const [distant, setDistant] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [again, setAgain] = useState(0);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    setText(query);
    if (query === "") {
      setHits(null);
      return undefined;
    }
    const controller = new AbortController();
    setBusy(true);
    setProblem(null);
    documents.search(query, mode, 20, course, controller.signal).then(
      (answer) => {
        setHits(answer.data);
        setDistant(answer.nothing_close);
        setBusy(false);
      },
      (error: unknown) => {
        if (controller.signal.aborted) return;
        setProblem(describe(error));
        setBusy(false);
      },
    );
    return () => controller.abort();
  }, [query, mode, course, again]);

  const go = (next: string, changed: { mode?: SearchMode; course?: string | null } = {}) => {
    const nextMode = changed.mode ?? mode;
    const nextCourse = changed.course === undefined ? course : changed.course;
    navigate(withQuery("/search", { q: next, mode: nextMode === "hybrid" ? null : nextMode, course: nextCourse }), { replace: query === "" });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    go(text.trim());
  };

  return (
    <div className="page search">
      <h1 ref={heading} tabIndex={-1}>{t("search.place")}</h1>
      <form role="search" onSubmit={submit}>
        <div className="search-box">
          <Icon name="search" />
          <input
            ref={input} type="search" dir="auto" aria-label={t("search.box")} placeholder={t("search.example")} maxLength={500}
            value={text} onChange={(event) => setText(event.target.value)}
          />
          <button type="submit" className="button primary">{t("search.place")}</button>
        </div>
        <Segments label={t("search.how")} value={mode} choices={modes} onChange={(next) => go(text.trim(), { mode: next })} />
        {courses.length > 0 ? (
          <label className="search-course">
            <span className="visually-hidden">{t("search.course")}</span>
            <select className="input" value={course ?? ""} onChange={(event) => go(text.trim(), { course: event.target.value || null })}>
              <option value="">{t("search.allCourses")}</option>
              {courses.map((each) => <option key={each.id} value={each.id}>{each.name}</option>)}
            </select>
          </label>
        ) : null}
      </form>
      {problem ? <Problem action={{ label: t("search.tryAgain"), run: () => setAgain(again + 1) }}>{problem}</Problem> : null}
      <p className="search-count" role="status">{hits && !busy ? (hits.length === 0 ? (distant ? t("search.nothingClose") : t("search.nothing")) : t("search.found", { count: hits.length })) : ""}</p>
      {busy && !hits ? <Loading label={t("search.searching")} /> : null}
      {query === "" ? <p className="search-hint">{t("search.hint")}</p> : null}
      <ol className="hits" aria-label={t("search.passages")}>
        {(hits ?? []).map((hit) => <Hit key={hit.chunk_id} hit={hit} query={query} />)}
      </ol>
    </div>
  );
}

function Hit({ hit, query }: { hit: SearchHit; query: string }) {
  const { path, query: asked } = useLocation();
  // The viewer's way back leads to these hits.
  const address = `${path}?${asked}`;
  const place = placeText(hit).replace(/^ · /, "");
  return (
    <li>
      <Link to={paths.document(hit.document_id, { page: hit.page ?? null, chunk: hit.chunk_id })} state={{ from: address }} dir="auto">{hit.title}</Link>
      {place ? <p className="source-place">{place}</p> : null}
      <p className="hit-text" dir="auto">
        {markedWords(quoteText({ quote: hit.text, section: hit.section ?? null }), query).map((piece, index) => (piece.hit ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>))}
      </p>
      {hit.alike > 0 ? <p className="source-place">{t("search.alike", { count: hit.alike })}</p> : null}
    </li>
  );
}
