import { useCourse } from "../course/courseStore";
import { CourseTag } from "../course/CourseTag";
import type { Quiz } from "../api/quizzes";
import { Icon } from "../design/Icon";
import { ReadingMonster } from "../design/Monster";
import { Loading, Problem } from "../design/Notice";
import { openSheet } from "../frame/sheets";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { percentText } from "../strings/amounts";
import { dayText } from "../strings/days";
import { t } from "../strings/t";
import { Mastery } from "./Mastery";
import { problemText } from "./questionText";
import { quizDeletion } from "./quizDeletion";
import { useQuizzes } from "./useQuizzes";

/** The quizzes of a course, or all, with what is known of their topics. */
export function QuizList({ course }: { course: string | null }) {
  const { items, total, phase, problem, more, reload } = useQuizzes(course);
  const shared = useCourse(course)?.shared_by !== undefined;
  const begin = () => openSheet("new-quiz", course === null ? undefined : `course=${course}`);
  if (phase === "loading") return <Loading label={t("quizzes.reading")} />;
  return (
    <div className="quiz-list">
      {problem ? <Problem action={{ label: t("quizzes.tryAgain"), run: reload }}>{problem}</Problem> : null}
      {items.length === 0 && phase === "ready" ? (
        <div className="empty">
          <ReadingMonster />
          <h2>{t("quizzes.noneTitle")}</h2>
          <p>{shared ? t("quizzes.noneShared") : t("quizzes.none")}</p>
          <div className="actions"><button type="button" className="button primary" onClick={begin}><Icon name="quiz" size={18} /> {t("quizzes.new")}</button></div>
        </div>
      ) : null}
      {items.length > 0 ? (
        <>
          {course !== null ? <div className="list-tools"><button type="button" className="button" onClick={begin}><Icon name="plus" size={18} /> {t("quizzes.new")}</button></div> : null}
          <ul className="quiz-rows" aria-label={t("quizzes.place")}>{items.map((quiz) => <Row key={quiz.id} quiz={quiz} withCourse={course === null} />)}</ul>
          {items.length < total ? <button type="button" className="button" onClick={more}>{t("quizzes.more")}</button> : null}
          <Mastery course={course} />
        </>
      ) : null}
    </div>
  );
}

function Row({ quiz, withCourse }: { quiz: Quiz; withCourse: boolean }) {
  const owner = quiz.shared_by?.name;
  const facts = [
    owner === undefined ? null : t("quizzes.from_owner", { owner }),
    quiz.status === "generating" ? t("quizzes.making") : null,
    t("quizzes.questions", { count: quiz.total_questions }),
    quiz.standing.last === undefined ? null : t("quizzes.lastScore", { score: percentText(quiz.standing.last) }),
    quiz.standing.is_open ? t("quizzes.begun") : null,
    quiz.status === "failed" ? problemText(quiz) : null,
    dayText(quiz.created_at),
  ];
  return (
    <li data-row={quiz.id}>
      <Icon name="quiz" size={22} />
      <div className="grow">
        <Link to={paths.quiz(quiz.id)} dir="auto">{quiz.title}</Link>
        <p className="quiz-facts" role={quiz.status === "generating" ? "status" : undefined}>{facts.filter(Boolean).join(" · ")}{withCourse && quiz.course_id ? <> <CourseTag id={quiz.course_id} /></> : null}</p>
      </div>
      {owner === undefined ? <button type="button" className="icon-button" aria-label={`${t("quizzes.delete")}: ${quiz.title}`} title={t("quizzes.delete")} onClick={() => quizDeletion.start(quiz.id, quiz.title)}>
        <Icon name="trash" size={18} />
      </button> : null}
    </li>
  );
}
