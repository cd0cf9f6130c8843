import type { Class } from "../api/classes";
import { PlatformGrade, platforms } from "../api/platforms";
import { tellFailure } from "../design/toastStore";
import { dayText } from "../strings/days";
import { t } from "../strings/t";
import { useOfClass } from "./classNews";

const states = { open: t("classes.gradeOpen"), waiting: t("classes.gradeWaiting"), sent: t("classes.gradeSent"), failed: t("classes.gradeFailed") } as const;

/** Whether points have arrived at the learning platform from which students came; nothing where none did. */
export function PlatformGrades({ of }: { of: Class }) {
  const { value, reload } = useOfClass((signal) => platforms.grades(of.id, signal), `grades ${of.id}`);
  if (value === null || value.length === 0) return null;
  const retry = async (grade: PlatformGrade) => {
    try {
      await platforms.retry(grade.id);
      reload();
    } catch (error) {
      tellFailure(error);
    }
  };
  return (
    <section aria-labelledby="platform-grades">
      <h2 id="platform-grades">{t("classes.platformGrades")}</h2>
      <ul className="class-rows" aria-label={t("classes.platformGrades")}>
        {value.map((grade) => (
          <li key={grade.id} data-state={grade.state}>
            <div>
              <p><strong dir="auto">{grade.student}</strong> <span dir="auto">{grade.quiz}</span></p>
              <p className="class-facts">
                {[
                  grade.platform, states[grade.state], grade.score !== undefined && grade.total_points !== undefined ? t("classes.gradePoints", { score: grade.score, total: grade.total_points }) : null,
                  grade.sent_at === undefined ? null : dayText(grade.sent_at), grade.state === "failed" ? (grade.failure ?? null) : null,
                ].filter(Boolean).join(" · ")}
              </p>
            </div>
            {grade.state === "failed" ? <button type="button" className="button" onClick={() => void retry(grade)} aria-label={t("classes.gradeRetryOf", { student: grade.student, quiz: grade.quiz })}>{t("classes.gradeRetry")}</button> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
