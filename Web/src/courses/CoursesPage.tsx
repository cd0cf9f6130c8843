import { Course, courseAPI } from "../api/courses";
import { CourseMark } from "../course/CourseMark";
import { courseList, loadCourses, placeCourse } from "../course/courseStore";
import { daysTo, examText } from "../course/examText";
import { Icon } from "../design/Icon";
import { ReadingMonster } from "../design/Monster";
import { Loading, Problem } from "../design/Notice";
import { outOfSight } from "../design/UndoableDeletion";
import { tellFailure } from "../design/toastStore";
import { SharedMark } from "../frame/SharedMark";
import { openSheet } from "../frame/sheets";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { CourseMenu } from "./CourseMenu";

/** All courses; those that are put away stand apart. */
export function CoursesPage() {
  const heading = usePage(t("courses.place"));
  const { items, phase, problem } = useStore(courseList);
  const leaving = useStore(outOfSight);
  const all = items.filter(({ id }) => !leaving.has(id));
  const active = all.filter((course) => !course.is_archived);
  const away = all.filter((course) => course.is_archived);
  return (
    <div className="page">
      <header className="page-head">
        <h1 ref={heading} tabIndex={-1}>{t("courses.place")}</h1>
        {all.length > 0 ? <button type="button" className="button primary" onClick={() => openSheet("new-course")}><Icon name="plus" size={18} /> {t("courses.new")}</button> : null}
      </header>
      {problem ? <Problem action={{ label: t("courses.tryAgain"), run: () => void loadCourses() }}>{problem}</Problem> : null}
      {phase === "loading" ? <Loading label={t("courses.reading")} /> : null}
      {phase === "ready" && all.length === 0 ? (
        <div className="empty">
          <ReadingMonster />
          <h2>{t("courses.noneTitle")}</h2>
          <p>{t("courses.none")}</p>
          <div className="actions"><button type="button" className="button primary" onClick={() => openSheet("new-course")}><Icon name="plus" size={18} /> {t("courses.new")}</button></div>
        </div>
      ) : null}
      {active.length > 0 ? <ul className="course-cards" aria-label={t("courses.place")}>{active.map((course) => <CourseCard key={course.id} course={course} />)}</ul> : null}
      {away.length > 0 ? (
        <section className="course-away">
          <h2>{t("courses.archived")}</h2>
          <ul className="course-rows">
            {away.map((course) => (
              <li key={course.id} data-row={course.id}>
                <CourseMark colour={course.colour} />
                <Link to={paths.course(course.id)} dir="auto">{course.name}</Link>
                {course.shared_by === undefined ? <button type="button" className="button quiet" onClick={() => void bringBack(course)}>{t("courses.unarchive")}</button> : <SharedMark by={course.shared_by} />}
                <CourseMenu course={course} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}

function CourseCard({ course }: { course: Course }) {
  const days = daysTo(course.exam_date);
  return (
    <li className="course-card" data-colour={course.colour} data-row={course.id}>
      <h2><Link to={paths.course(course.id)} dir="auto">{course.name}</Link></h2>
      {course.term ? <p className="course-term" dir="auto">{course.term}</p> : null}
      <SharedMark by={course.shared_by} count={course.shared_with} />
      <p className="course-facts">{[t("courses.documents", { count: course.document_count ?? 0 }), t("courses.talks", { count: course.conversation_count ?? 0 })].join(" · ")}</p>
      {days !== null ? <p className="course-exam" data-soon={days >= 0 && days < 8 ? "" : undefined}><Icon name="clock" size={16} /> {examText(days)}</p> : null}
      <CourseMenu course={course} />
    </li>
  );
}

async function bringBack(course: Course): Promise<void> {
  try {
    placeCourse(await courseAPI.change(course.id, { is_archived: false }));
  } catch (error) {
    tellFailure(error);
  }
}
