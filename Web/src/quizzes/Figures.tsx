import { useEffect, useState } from "react";
import { questionBank, QuestionFigures, QuizQuestion } from "../api/quizzes";
import { numberText, percentText } from "../strings/amounts";
import { t } from "../strings/t";
import { optionText } from "./questionText";

/** How a question of the bank does, over every quiz that asks it; asked for when it is opened. */
export function BankFigures({ question }: { question: QuizQuestion }) {
  const [figures, setFigures] = useState<QuestionFigures | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    // The question stands without its figures.
    questionBank.figures(question.id, controller.signal).then(setFigures, () => undefined);
    return () => controller.abort();
  }, [question.id, question.version]);
  return figures ? <Figures question={question} figures={figures} /> : null;
}

/** How a question does, as in classical test theory, and which option was chosen how often. */
export function Figures({ question, figures }: { question: QuizQuestion; figures: QuestionFigures }) {
  if (figures.answers === 0) return <p className="quiz-hint">{t("quizzes.figuresNone")}</p>;
  const { facility, discrimination } = figures;
  const most = Math.max(1, ...figures.options.map(({ chosen }) => chosen));
  return (
    <section className="quiz-figures" aria-label={t("quizzes.figures")}>
      <dl>
        <div><dt>{t("quizzes.answersGiven")}</dt><dd>{numberText(figures.answers)}</dd></div>
        {facility === undefined ? null : <div><dt>{t("quizzes.facility")}</dt><dd>{percentText(facility)} <span>{t(facility >= 0.85 ? "quizzes.facility_easy" : facility >= 0.4 ? "quizzes.facility_medium" : "quizzes.facility_hard")}</span></dd></div>}
        <div>
          <dt>{t("quizzes.discrimination")}</dt>
          <dd>{discrimination === undefined ? <span>{t("quizzes.discrimination_unknown")}</span> : <>{twoDigits(discrimination)} <span>{t(discrimination >= 0.3 ? "quizzes.discrimination_good" : discrimination >= 0 ? "quizzes.discrimination_weak" : "quizzes.discrimination_against")}</span></>}</dd>
        </div>
      </dl>
      {figures.options.length > 0 ? (
        <ul aria-label={t("quizzes.chosenOften")}>
          {figures.options.map(({ text, is_correct, chosen }) => (
            <li key={text}>
              <span className="grow" dir="auto">{optionText(question, text === "True" ? "true" : "false", text)}{is_correct ? <span className="visually-hidden"> ({t("quizzes.isRight")})</span> : null}</span>
              <span className="quiz-share" data-right={is_correct ? "" : undefined} aria-hidden="true"><span style={{ inlineSize: `${Math.round((chosen / most) * 100)}%` }} /></span>
              <span className="quiz-percent">{t("quizzes.timesChosen", { count: chosen })}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function twoDigits(value: number): string {
  return numberText(Math.round(value * 100) / 100);
}
