import { useState } from "react";
import { Assessment, CourseGrade, gradesAPI } from "../api/planner";
import { Icon } from "../design/Icon";
import { Menu } from "../design/Menu";
import { ReadingMonster } from "../design/Monster";
import { Loading, Problem } from "../design/Notice";
import { UndoableDeletion } from "../design/UndoableDeletion";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { AssessmentForm } from "./AssessmentForm";
import { nearDayText } from "./eventText";
import { gradeText, needText, pointsText, shareText } from "./gradeText";
import { GradingForm } from "./GradingForm";
import { changed } from "./plannerStore";
import { useGrades } from "./useGrades";

const workDeletion = new UndoableDeletion({
  async remove(key) {
    const [course = "", id = ""] = key.split("|");
    await gradesAPI.remove(course, id);
    changed();
  },
  after: () => undefined,
});

/** What counts in a course: marks, the grade now and as it goes on, and what the rest must become. */
export function CourseGrades({ course }: { course: string }) {
  const { works, grade, phase, problem, reload } = useGrades(course);
  const leaving = useStore(workDeletion.leaving);
  const [form, setForm] = useState<Assessment | "new" | "grading" | null>(null);
  if (phase === "loading") return <Loading label={t("planner.readingGrades")} />;
  const shown = works.filter(({ id }) => !leaving.has(`${course}|${id}`));
  return (
    <div className="planner-grades">
      {problem ? <Problem action={{ label: t("planner.tryAgain"), run: reload }}>{problem}</Problem> : null}
      {grade !== null && shown.length > 0 ? <Standing grade={grade} works={works} /> : null}
      {grade !== null && shown.length > 0 ? (
        <div className="list-tools">
          <Link to={paths.grades} className="glance-all">{t("planner.allGrades")}</Link>
          <button type="button" className="button" onClick={() => setForm("grading")}><Icon name="settings" size={18} /> {t("planner.grading")}</button>
          <button type="button" className="button planner-add-work" onClick={() => setForm("new")}><Icon name="plus" size={18} /> {t("planner.addWork")}</button>
        </div>
      ) : null}
      {phase === "ready" && shown.length === 0 ? (
        <div className="empty">
          <ReadingMonster />
          <h2>{t("planner.noWorksTitle")}</h2>
          <p>{t("planner.noWorks")}</p>
          <div className="actions"><button type="button" className="button primary" onClick={() => setForm("new")}><Icon name="plus" size={18} /> {t("planner.addWork")}</button></div>
        </div>
      ) : null}
      {shown.length > 0 ? (
        <ul className="planner-works" aria-label={t("planner.works")}>
          {shown.map((work) => (
            <li key={work.id} data-row={work.id}>
              <div className="planner-work-words">
                <button type="button" className="planner-row-title" dir="auto" onClick={() => setForm(work)}>{work.name}</button>
                <p className="planner-row-when">{factsOf(work)}</p>
              </div>
              <p className="planner-mark">{work.points === undefined ? t("planner.notMarked") : <><strong>{shareText(work.points / work.points_possible)}</strong> <span>{t("planner.pointsOf", { points: pointsText(work.points), of: pointsText(work.points_possible) })}</span></>}</p>
              <Menu
                label={t("planner.actionsFor", { name: work.name })}
                items={[
                  { label: t("planner.changeWork"), icon: "pencil", run: () => setForm(work) },
                  { label: t("planner.delete"), icon: "trash", danger: true, run: () => workDeletion.startAll([`${course}|${work.id}`], t("planner.deleted", { title: work.name })) },
                ]}
              />
            </li>
          ))}
        </ul>
      ) : null}
      {form === "grading" && grade !== null ? <GradingForm course={course} grading={grade.grading} works={works} onClose={() => setForm(null)} /> : null}
      {form !== null && form !== "grading" ? <AssessmentForm course={course} work={form === "new" ? null : form} works={works} onClose={() => setForm(null)} /> : null}
    </div>
  );
}

function factsOf(work: Assessment): string {
  return [
    work.is_extra ? t("planner.extra") : t("planner.counts", { weight: pointsText(work.weight) }), work.category, work.due_date === undefined ? "" : nearDayText(new Date(work.due_date)),
  ].filter(Boolean).join(" · ");
}

/** The grade now, where it can go, and what is needed for the target. */
function Standing({ grade, works }: { grade: CourseGrade; works: readonly Assessment[] }) {
  const { scale } = grade.grading;
  return (
    <section className="planner-standing" aria-label={t("planner.standing")}>
      <dl>
        <div className="planner-now-grade"><dt>{t("planner.gradeNow")}</dt><dd>{grade.current ? gradeText(grade.current, scale) : t("planner.noGrade")}</dd></div>
        {grade.forecast && grade.marked < 1 ? <div><dt>{t("planner.forecast")}</dt><dd>{gradeText(grade.forecast, scale)}</dd></div> : null}
        {grade.best && grade.marked < 1 ? <div><dt>{t("planner.best")}</dt><dd>{gradeText(grade.best, scale)}</dd></div> : null}
        {grade.worst && grade.marked < 1 ? <div><dt>{t("planner.worst")}</dt><dd>{gradeText(grade.worst, scale)}</dd></div> : null}
      </dl>
      <p className="planner-row-when">{t("planner.marked", { share: shareText(grade.marked) })}</p>
      {grade.needs.length > 0 ? (
        <div className="planner-needs">
          <h2>{t("planner.needs")}</h2>
          <ul>{grade.needs.map((need) => <li key={need.assessment_id} data-outcome={need.outcome}>{needText(need, works.find(({ id }) => id === need.assessment_id), grade)}</li>)}</ul>
        </div>
      ) : null}
      {grade.target_share === undefined && grade.marked < 1 ? <p className="planner-row-when">{t("planner.noTarget")}</p> : null}
    </section>
  );
}
