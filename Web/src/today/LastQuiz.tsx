import { useEffect, useState } from "react";
import { Quiz, quizzes } from "../api/quizzes";
import { CourseTag } from "../course/CourseTag";
import { Icon } from "../design/Icon";
import { onLiveEvent } from "../events/liveEvents";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { percentText } from "../strings/amounts";
import { t } from "../strings/t";

/** The newest quiz, how it went, and the way back into it; nothing where there is none. */
export function LastQuiz() {
  const quiz = useLastQuiz();
  if (quiz === null) return null;
  const { last, is_open } = quiz.standing;
  return (
    <section className="today-block today-quiz" aria-labelledby="today-quiz">
      <h2 id="today-quiz">{t("today.lastQuiz")}</h2>
      <div className="continue-card">
        <Icon name="quiz" />
        <div>
          <Link to={paths.quiz(quiz.id)} dir="auto">{quiz.title}</Link>
          <p>{is_open ? t("today.quizOpen") : last === undefined ? t("today.quizNew") : t("today.quizScore", { score: percentText(last) })}</p>
          <CourseTag id={quiz.course_id} />
        </div>
      </div>
    </section>
  );
}

function useLastQuiz(): Quiz | null {
  const [quiz, setQuiz] = useState<Quiz | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    // Without it the page is as good; the page of quizzes tells what goes wrong.
    const read = () => void quizzes.list(1, 1, null, controller.signal).then(({ data }) => setQuiz(data.find(({ status }) => status === "ready") ?? null), () => undefined);
    read();
    const unfollow = onLiveEvent((event) => {
      const type: string = event.type;
      if (type === "resync" || (type.startsWith("quiz.") && type !== "quiz.grown")) read();
    });
    return () => {
      unfollow();
      controller.abort();
    };
  }, []);
  return quiz;
}
