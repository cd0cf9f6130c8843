import { useEffect, useMemo, useState } from "react";
import { documents, LibraryDocument } from "../api/documents";
import { describe } from "../api/errors";
import type { Scope } from "../asking/scope";
import { CourseMark } from "../course/CourseMark";
import { useCourse, useCourses } from "../course/courseStore";
import { Dialog } from "../design/Dialog";
import { Icon } from "../design/Icon";
import { Loading, Problem } from "../design/Notice";
import { closeSheet, openSheet, useSheet } from "../frame/sheets";
import { t } from "../strings/t";

interface ScopeProps {
  scope: Scope;
  change: (scope: Scope) => void;
}

/** A button that tells what is asked and lets the student choose. */
export function ScopePicker({ scope, change }: ScopeProps) {
  const open = useSheet("scope") !== null;
  const course = useCourse(scope.course);
  const [only] = scope.documents;
  const label = scope.documents.length > 1 ? t("chat.documents", { count: scope.documents.length }) : only ? only.title : course ? course.name : t("chat.allDocuments");
  return (
    <>
      <button type="button" className="button quiet scope" onClick={() => openSheet("scope")} aria-label={t("chat.asking", { label })}>
        {course && scope.documents.length === 0 ? <CourseMark colour={course.colour} /> : <Icon name="scope" size={18} />} <span dir="auto">{label}</span>
      </button>
      {open ? <ScopeDialog scope={scope} change={change} /> : null}
    </>
  );
}

/** As many as the server lists at once. */
const step = 100;

interface Listed {
  items: LibraryDocument[];
  total: number;
  page: number;
}

function ScopeDialog({ scope, change }: ScopeProps) {
  const courses = useCourses();
  const [list, setList] = useState<Listed | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [course, setCourse] = useState(scope.documents.length === 0 ? scope.course : null);
  const [chosen, setChosen] = useState(() => new Map(scope.documents.map((each) => [each.id, each.title])));
  const [filter, setFilter] = useState("");
  const [page, setPage] = useState(1);
  const [total, setTotal] = useState(0);
  const text = filter.trim();

  useEffect(() => {
    const controller = new AbortController();
    documents.list(page, step, { text, status: "completed", shared: "too", sort: "title" }, controller.signal).then(
      ({ data, pagination }) => {
        setProblem(null);
        setList((before) => ({ items: page === 1 ? data : [...(before?.items ?? []), ...data], total: pagination.total, page }));
        setTotal((before) => Math.max(before, pagination.total));
      },
      (error: unknown) => {
        if (!controller.signal.aborted) setProblem(describe(error));
      },
    );
    return () => controller.abort();
  }, [text, page]);

  const groups = useMemo(() => grouped(list?.items ?? [], courses.map((each) => each.id)), [list, courses]);
  const toggle = (document: LibraryDocument) => {
    setCourse(null);
    setChosen((before) => {
      const after = new Map(before);
      if (!after.delete(document.id)) after.set(document.id, document.title);
      return after;
    });
  };
  const toggleCourse = (id: string) => {
    setChosen(new Map());
    setCourse((before) => (before === id ? null : id));
  };
  const finish = (next: Scope) => {
    change(next);
    closeSheet();
  };
  const nothing = course === null && chosen.size === 0;
  const row = (document: LibraryDocument) => (
    <li key={document.id}>
      <label>
        <input type="checkbox" checked={chosen.has(document.id) || (course !== null && document.course_id === course)} onChange={() => toggle(document)} />
        <span className="scope-title"><span dir="auto">{document.title}</span>{document.filename && document.filename !== document.title ? <small dir="auto">{document.filename}</small> : null}</span>
      </label>
    </li>
  );
  return (
    <Dialog title={t("chat.whichDocuments")} onClose={closeSheet} sheet>
      {problem ? <Problem>{problem}</Problem> : null}
      {list === null && !problem ? <Loading label={t("chat.readingLibrary")} /> : null}
      {total > 8 ? (
        <input
          className="input" type="search" aria-label={t("chat.filterTitles")} placeholder={t("chat.filterTitles")} value={filter}
          onChange={(event) => {
            setFilter(event.target.value);
            setPage(1);
          }}
        />
      ) : null}
      {list && list.items.length === 0 ? <p className="sources-none">{text === "" ? t("chat.noneReady") : t("chat.noTitle")}</p> : null}
      <div className="scope-list">
        {courses.filter((each) => text === "" || groups.has(each.id)).map((each) => (
          <section key={each.id}>
            <label className="scope-course">
              <input type="checkbox" checked={course === each.id} onChange={() => toggleCourse(each.id)} />
              <CourseMark colour={each.colour} /> <span dir="auto">{each.name}</span>
              <small>{t("chat.wholeCourse")}</small>
            </label>
            <ul>{(groups.get(each.id) ?? []).map(row)}</ul>
          </section>
        ))}
        {groups.has("") ? (
          <section>
            {courses.length > 0 ? <h3>{t("chat.noCourse")}</h3> : null}
            <ul>{(groups.get("") ?? []).map(row)}</ul>
          </section>
        ) : null}
        {list && list.items.length < list.total ? (
          <p className="scope-more">{t("chat.shownOf", { shown: list.items.length, total: list.total })} <button type="button" className="button quiet" onClick={() => setPage(list.page + 1)}>{t("chat.showMore")}</button></p>
        ) : null}
      </div>
      <footer>
        <button type="button" className="button" onClick={() => finish({ course: null, documents: [] })}>{t("chat.askAll")}</button>
        <button
          type="button" className="button primary" disabled={nothing}
          onClick={() => finish(course !== null ? { course, documents: [] } : { course: sharedCourse(list?.items ?? [], chosen), documents: [...chosen].map(([id, title]) => ({ id, title })) })}
        >
          {course !== null ? t("chat.askCourse") : chosen.size === 0 ? t("chat.askThese") : t("chat.askCount", { count: chosen.size })}
        </button>
      </footer>
    </Dialog>
  );
}

/** Documents by their course; under no name those without one. */
function grouped(items: readonly LibraryDocument[], courses: readonly string[]): ReadonlyMap<string, LibraryDocument[]> {
  const groups = new Map<string, LibraryDocument[]>();
  for (const document of items) {
    const key = document.course_id && courses.includes(document.course_id) ? document.course_id : "";
    groups.set(key, [...(groups.get(key) ?? []), document]);
  }
  return groups;
}

/** The course that all chosen documents belong to; null where they do not share one. */
function sharedCourse(items: readonly LibraryDocument[], chosen: ReadonlyMap<string, string>): string | null {
  const ids = new Set([...chosen.keys()].map((id) => items.find((document) => document.id === id)?.course_id ?? null));
  const [only] = ids;
  return ids.size === 1 ? only ?? null : null;
}
