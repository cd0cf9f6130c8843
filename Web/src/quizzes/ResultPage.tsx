import { useEffect, useState } from "react";
import { APIError, describe, isAbort } from "../api/errors";
import { attempts, QuizSubmission, quizzes } from "../api/quizzes";
import { Icon } from "../design/Icon";
import { Loading, Problem } from "../design/Notice";
import { Segments } from "../design/Segments";
import { tellFailure } from "../design/toastStore";
import type { PageProps } from "../frame/Area";
import { Link } from "../routing/Link";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { percentText } from "../strings/amounts";
import { t } from "../strings/t";
import { Feedback } from "./Feedback";
import { MistakeCards } from "./MistakeCards";
import { pointsText } from "./questionText";

/** What came of a quiz: the points, by topic, and each question with what is right, why, and where it stands. */
export function ResultPage({ params }: PageProps) {
  const [quiz, id] = [params["id"] ?? "", params["submission"] ?? ""];
  const heading = usePage(t("quizzes.result"));
  const [result, setResult] = useState<QuizSubmission | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [shown, setShown] = useState<"all" | "missed">("all");
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    attempts.submission(quiz, id, controller.signal).then(
      setResult, (error: unknown) => !isAbort(error) && setProblem(error instanceof APIError && error.status === 404 ? t("quizzes.noResult") : describe(error)),
    );
    return () => controller.abort();
  }, [quiz, id, turn]);
  if (!result) {
    return problem ? <div className="page"><Problem>{problem}</Problem><Link className="button" to={paths.quiz(quiz)}>{t("quizzes.back")}</Link></div> : <Loading label={t("quizzes.reading")} />;
  }
  const questions = new Map(result.questions.map((question, index) => [question.id, { question, number: index + 1 }]));
  const missed = result.results.filter(({ correct }) => !correct);
  const again = async () => {
    try {
      const made = await quizzes.make({ question_ids: missed.map(({ question_id: each }) => each), title: t("quizzes.mistakes") });
      navigate(paths.quiz(made.id));
    } catch (error) {
      tellFailure(error);
    }
  };
  const share = result.total_points > 0 ? result.score / result.total_points : 0;
  return (
    <div className="page quiz-page">
      <header className="page-head">
        <h1 ref={heading} tabIndex={-1}>{t("quizzes.result")}</h1>
        <div className="quiz-actions">
          {missed.length > 0 ? <button type="button" className="button primary" onClick={() => void again()}><Icon name="retry" size={18} /> {t("quizzes.practiseThese", { count: missed.length })}</button> : null}
          {missed.length > 0 ? (
            <MistakeCards
              quiz={quiz}
              missed={missed.flatMap((each) => {
                const question = questions.get(each.question_id)?.question;
                return question ? [{ question, result: each }] : [];
              })}
            />
          ) : null}
          <Link className="button" to={paths.quiz(quiz)}>{t("quizzes.back")}</Link>
        </div>
      </header>
      <section className="quiz-score" aria-label={t("quizzes.score")}>
        <p><strong>{percentText(share)}</strong> <span>{t("quizzes.points", { score: pointsText(result.score), total: pointsText(result.total_points) })}</span></p>
        {result.undecided > 0 ? <p role="status">{t("quizzes.undecided", { count: result.undecided })}</p> : null}
        {result.topics.length > 1 ? (
          <ul className="quiz-topics">
            {result.topics.map((topic) => (
              <li key={topic.topic}>
                <span className="grow" dir="auto">{topic.topic}</span>
                <span className="quiz-share" aria-hidden="true"><span style={{ inlineSize: `${Math.round((topic.points / Math.max(1e-9, topic.total_points)) * 100)}%` }} /></span>
                <span className="quiz-percent">{t("quizzes.points", { score: pointsText(topic.points), total: pointsText(topic.total_points) })}</span>
              </li>
            ))}
          </ul>
        ) : null}
      </section>
      {missed.length > 0 && missed.length < result.results.length ? (
        <Segments
          label={t("quizzes.show")} value={shown} onChange={setShown}
          choices={[{ value: "all", label: t("quizzes.showAll") }, { value: "missed", label: t("quizzes.showMissed", { count: missed.length }) }]}
        />
      ) : null}
      <ol className="quiz-answers">
        {(shown === "all" ? result.results : missed).map((each) => {
          const found = questions.get(each.question_id);
          if (!found) return null;
          return (
            <li key={each.question_id}>
              <h2 className="quiz-asked"><span className="quiz-number">{found.number}</span> <span dir="auto">{found.question.question_text}</span></h2>
              <Feedback
                question={found.question} result={each}
                decide={async (correct, remark) => {
                  await attempts.decide(quiz, id, each.question_id, correct, remark);
                  setTurn((now) => now + 1);
                }}
                rejudge={async (remark) => {
                  await attempts.rejudge(quiz, id, each.question_id, remark);
                  setTurn((now) => now + 1);
                }}
              />
            </li>
          );
        })}
      </ol>
    </div>
  );
}
