import { useEffect, useState } from "react";
import { ConnectionError, describe, isAbort } from "../api/errors";
import { GradeAverage, gradesAPI } from "../api/planner";
import { CourseMark } from "../course/CourseMark";
import { useCourses } from "../course/courseStore";
import { ReadingMonster } from "../design/Monster";
import { Loading, Problem } from "../design/Notice";
import { Segments } from "../design/Segments";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { pointsText, shareText } from "./gradeText";
import { changes } from "./plannerStore";

type Scale = "four_point" | "percentage";

/** The average of all courses, and what each adds to it. */
export function GradesPage() {
  const heading = usePage(t("planner.grades"));
  const [scale, setScale] = useState<Scale>("four_point");
  const { average, problem, reload } = useAverage(scale);
  const courses = useCourses();
  const value = (number: number) => (scale === "percentage" ? shareText(number / 100) : pointsText(number));
  return (
    <div className="page planner-page">
      <header className="page-head">
        <h1 ref={heading} tabIndex={-1}>{t("planner.grades")}</h1>
        <Segments label={t("planner.scale")} value={scale} onChange={setScale} choices={[{ value: "four_point", label: t("planner.scale_four_point") }, { value: "percentage", label: t("planner.scale_percentage") }]} />
      </header>
      {problem ? <Problem action={{ label: t("planner.tryAgain"), run: reload }}>{problem}</Problem> : null}
      {average === null && problem === null ? <Loading label={t("planner.readingGrades")} /> : null}
      {average !== null && average.courses.length > 0 ? (
        <section className="planner-standing" aria-label={t("planner.average")}>
          <dl>
            <div className="planner-now-grade"><dt>{t("planner.gpa")}</dt><dd>{average.gpa === undefined ? t("planner.noGrade") : value(average.gpa)}</dd></div>
            {average.forecast === undefined ? null : <div><dt>{t("planner.forecast")}</dt><dd>{value(average.forecast)}</dd></div>}
            <div><dt>{t("planner.creditsCounted")}</dt><dd>{pointsText(average.credits)}</dd></div>
            <div><dt>{t("planner.creditsEarned")}</dt><dd>{pointsText(average.credits_earned)}</dd></div>
          </dl>
        </section>
      ) : null}
      {average !== null && average.courses.length === 0 ? (
        <div className="empty">
          <ReadingMonster />
          <h2>{t("planner.noGradesTitle")}</h2>
          <p>{t("planner.noGrades")}</p>
        </div>
      ) : null}
      {courses.length > 0 ? (
        <ul className="planner-works" aria-label={t("planner.courses")}>
          {courses.map((course) => {
            const there = average?.courses.find((each) => each.course_id === course.id);
            return (
              <li key={course.id}>
                <div className="planner-work-words">
                  <p className="planner-course"><CourseMark colour={course.colour} /> <Link to={paths.course(course.id, "grades")} dir="auto">{course.name}</Link></p>
                  {there ? <p className="planner-row-when">{t("planner.creditsOf", { count: there.credits })}</p> : null}
                </div>
                <p className="planner-mark">{there?.share === undefined ? t("planner.noGrade") : <><strong>{shareText(there.share)}</strong>{there.grade === undefined || there.grade.endsWith("%") ? null : <span> {there.grade}</span>}</>}</p>
              </li>
            );
          })}
        </ul>
      ) : null}
    </div>
  );
}

function useAverage(scale: Scale): { average: GradeAverage | null; problem: string | null; reload: () => void } {
  const [average, setAverage] = useState<GradeAverage | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  const version = useStore(changes);
  useEffect(() => {
    const controller = new AbortController();
    gradesAPI.average(scale, controller.signal).then(
      (found) => {
        setAverage(found);
        setProblem(null);
      },
      (error: unknown) => {
        if (!isAbort(error) && !(error instanceof ConnectionError)) setProblem(describe(error));
      },
    );
    return () => controller.abort();
  }, [scale, version, turn]);
  return { average, problem, reload: () => setTurn((now) => now + 1) };
}
