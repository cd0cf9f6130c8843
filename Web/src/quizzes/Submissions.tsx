import { useEffect, useState } from "react";
import { attempts, Quiz, QuizAttempt } from "../api/quizzes";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { percentText } from "../strings/amounts";
import { dayText, timeText } from "../strings/days";
import { t } from "../strings/t";
import { pointsText } from "./questionText";

/** What came of a quiz each time. */
export function Submissions({ quiz }: { quiz: Quiz }) {
  const [list, setList] = useState<readonly QuizAttempt[]>([]);
  const { id } = quiz;
  const { submissions } = quiz.standing;
  useEffect(() => {
    const controller = new AbortController();
    attempts.submissions(id, controller.signal).then(({ data }) => setList(data), () => undefined);
    return () => controller.abort();
  }, [id, submissions]);
  return (
    <section className="quiz-results">
      <h2>{t("quizzes.results")}</h2>
      <ul>
        {list.map((each) => (
          <li key={each.id}>
            <Link to={paths.quizResult(id, each.id)}>{percentText((each.score ?? 0) / Math.max(1e-9, each.total_points))}</Link>
            <span>{t("quizzes.points", { score: pointsText(each.score ?? 0), total: pointsText(each.total_points) })}</span>
            <span className="quiz-facts">{each.mode === "exam" ? t("quizzes.exam") : t("quizzes.practice")} · {dayText(each.submitted_at ?? each.started_at)}, {timeText(each.submitted_at ?? each.started_at)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
