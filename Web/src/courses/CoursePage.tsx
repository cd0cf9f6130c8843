import { useEffect } from "react";
import type { Course } from "../api/courses";
import { CourseDecks } from "../cards/CourseDecks";
import { TalkList } from "../chat/TalkList";
import { CourseMark } from "../course/CourseMark";
import { courseList, useCourse } from "../course/courseStore";
import { daysTo, examText } from "../course/examText";
import { Icon } from "../design/Icon";
import { ReadingMonster } from "../design/Monster";
import { Loading } from "../design/Notice";
import type { PageProps } from "../frame/Area";
import { PageTabs } from "../frame/PageTabs";
import { noteVisit } from "../frame/recents";
import { SharedMark } from "../frame/SharedMark";
import { chooseDocuments } from "../library/addDocuments";
import { SourceList } from "../library/SourceList";
import { NoteList } from "../notes/NoteList";
import { CourseGrades } from "../planner/CourseGrades";
import { QuizList } from "../quizzes/QuizList";
import { Link } from "../routing/Link";
import { setParameters } from "../routing/location";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { CourseMenu } from "./CourseMenu";
import { CourseOverview } from "./CourseOverview";
import { NoSources } from "./NoSources";

/** One course: what it holds, what was asked in it, and where a question about it begins. */
export function CoursePage({ params, query }: PageProps) {
  const id = params["course"] ?? "";
  const tab = params["tab"] ?? "overview";
  const course = useCourse(id);
  const { phase } = useStore(courseList);
  const heading = usePage(course?.name ?? t("courses.one"));
  useEffect(() => {
    if (course) noteVisit({ kind: "course", id: course.id, title: course.name, to: paths.course(course.id), course: course.id });
  }, [course]);
  const known = tab === "overview" || tab === "sources" || tab === "talks" || tab === "notes" || tab === "practice" || tab === "grades";
  if (!course || !known) return phase === "loading" ? <Loading label={t("courses.reading")} /> : <Gone />;
  return (
    <div className="page course-page">
      <header className="page-head course-head" data-colour={course.colour}>
        <div>
          <h1 ref={heading} tabIndex={-1}><CourseMark colour={course.colour} /> <span dir="auto">{course.name}</span></h1>
          <p className="sub">{subtitle(course)} <SharedMark by={course.shared_by} count={course.shared_with} /></p>
        </div>
        <div className="course-actions">
          {course.shared_by === undefined ? <button type="button" className="button" onClick={() => chooseDocuments(course.id)}><Icon name="upload" size={18} /> {t("courses.add")}</button> : null}
          <CourseMenu course={course} />
        </div>
      </header>
      <PageTabs label={t("courses.tabs")}>
        <Link to={paths.course(id)} aria-current={tab === "overview" ? "page" : undefined}>{t("courses.overview")}</Link>
        <Link to={paths.course(id, "sources")} aria-current={tab === "sources" ? "page" : undefined}>{t("courses.sources")}{course.document_count ? <span className="tab-count">{course.document_count}</span> : null}</Link>
        <Link to={paths.course(id, "talks")} aria-current={tab === "talks" ? "page" : undefined}>{t("courses.talksTab")}{course.conversation_count ? <span className="tab-count">{course.conversation_count}</span> : null}</Link>
        <Link to={paths.course(id, "notes")} aria-current={tab === "notes" ? "page" : undefined}>{t("courses.notesTab")}</Link>
        <Link to={paths.course(id, "practice")} aria-current={tab === "practice" ? "page" : undefined}>{t("courses.practice")}</Link>
        <Link to={paths.course(id, "grades")} aria-current={tab === "grades" ? "page" : undefined}>{t("courses.grades")}</Link>
      </PageTabs>
      {tab === "overview" ? <CourseOverview course={course} /> : null}
      {tab === "sources" ? <SourceList query={query} course={id} empty={<NoSources course={course} />} /> : null}
      {tab === "notes" ? <NoteList course={id} /> : null}
      {tab === "practice" ? <QuizList course={id} /> : null}
      {tab === "practice" ? <CourseDecks course={id} /> : null}
      {tab === "grades" ? <CourseGrades course={id} /> : null}
      {tab === "talks" ? <CourseTalks id={id} text={query.get("q") ?? ""} count={course.conversation_count ?? 0} /> : null}
    </div>
  );
}

function CourseTalks({ id, text, count }: { id: string; text: string; count: number }) {
  return (
    <div className="course-talks">
      <div className="list-tools">
        {count > 6 || text !== "" ? (
          <input className="input list-filter" type="search" dir="auto" aria-label={t("chat.findTalk")} placeholder={t("chat.findTalk")} value={text} onChange={(event) => setParameters({ q: event.target.value })} />
        ) : null}
        <Link to={paths.talk(id)} className="button"><Icon name="plus" size={18} /> {t("chat.newQuestion")}</Link>
      </div>
      <TalkList text={text.trim()} course={id} />
    </div>
  );
}

function subtitle(course: Course): string {
  const days = daysTo(course.exam_date);
  return [course.term ?? "", days === null ? "" : examText(days)].filter(Boolean).join(" · ");
}

function Gone() {
  return (
    <div className="page">
      <div className="empty">
        <ReadingMonster />
        <h1 tabIndex={-1}>{t("courses.goneTitle")}</h1>
        <p>{t("courses.gone")}</p>
        <div className="actions"><Link className="button primary" to={paths.courses}>{t("courses.all")}</Link></div>
      </div>
    </div>
  );
}
