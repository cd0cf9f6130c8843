import { CourseMark } from "../course/CourseMark";
import { useCourses } from "../course/courseStore";
import { ReadingMonster } from "../design/Monster";
import { SharedMark } from "../frame/SharedMark";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { t } from "../strings/t";
import { SourceList } from "./SourceList";

/** What others let the student read: whole courses, then every document. */
export function SharedWithMe({ query }: { query: URLSearchParams }) {
  const courses = useCourses().filter((course) => course.shared_by !== undefined);
  return (
    <>
      {courses.length > 0 ? (
        <ul className="shared-courses" aria-label={t("library.sharedCourses")}>
          {courses.map((course) => (
            <li key={course.id}>
              <CourseMark colour={course.colour} />
              <Link to={paths.course(course.id)} dir="auto">{course.name}</Link>
              <SharedMark by={course.shared_by} />
            </li>
          ))}
        </ul>
      ) : null}
      <SourceList query={query} course={null} shared empty={courses.length > 0 ? null : <Nothing />} />
    </>
  );
}

function Nothing() {
  return (
    <div className="empty">
      <ReadingMonster />
      <h2>{t("library.nothingSharedTitle")}</h2>
      <p>{t("library.nothingShared")}</p>
    </div>
  );
}
