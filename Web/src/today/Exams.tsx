import { CourseMark } from "../course/CourseMark";
import { useCourses } from "../course/courseStore";
import { calendarDay, daysTo } from "../course/examText";
import { openSheet } from "../frame/sheets";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { region } from "../strings/locale";
import { t } from "../strings/t";

const few = 4;

/** The exams that are coming, the nearest first, with the days that are left. */
export function Exams() {
  const courses = useCourses();
  const exams = courses
    .map((course) => ({ course, days: daysTo(course.exam_date) }))
    .filter((each): each is typeof each & { days: number } => each.days !== null && each.days >= 0)
    .sort((a, b) => a.days - b.days)
    .slice(0, few);
  if (courses.length === 0) {
    return (
      <section className="today-block today-exams" aria-labelledby="today-exams">
        <h2 id="today-exams">{t("today.courses")}</h2>
        <p className="glance-none">{t("today.noCourses")}</p>
        <button type="button" className="button" onClick={() => openSheet("new-course")}>{t("courses.new")}</button>
      </section>
    );
  }
  if (exams.length === 0) return null;
  return (
    <section className="today-block today-exams" aria-labelledby="today-exams">
      <h2 id="today-exams">{t("today.exams")}</h2>
      <ul className="exam-list">
        {exams.map(({ course, days }) => (
          <li key={course.id} data-soon={days < 8 ? "" : undefined} data-today={days === 0 ? "" : undefined}>
            <p className="exam-days"><strong>{days === 0 ? t("course.examTodayShort") : days}</strong>{days === 0 ? null : <span>{t("today.daysLeft", { count: days })}</span>}</p>
            <div><Link to={paths.course(course.id)}><CourseMark colour={course.colour} /> <span dir="auto">{course.name}</span></Link><p>{dateText(course.exam_date ?? null)}</p></div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function dateText(day: string | null): string {
  const date = day === null ? null : calendarDay(day);
  return date === null ? "" : new Intl.DateTimeFormat(region, { weekday: "short", day: "numeric", month: "long" }).format(date);
}
