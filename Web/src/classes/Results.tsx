import { Class, classes, ClassResults } from "../api/classes";
import { Dialog } from "../design/Dialog";
import { Loading, Problem } from "../design/Notice";
import { closeSheet, openSheet, useSheet } from "../frame/sheets";
import { dayText, timeText } from "../strings/days";
import { t } from "../strings/t";
import { useOfClass } from "./classNews";
import { PlatformGrades } from "./PlatformGrades";

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** What was handed in of the quizzes that are shared with the class: a row for each student, a column for each quiz. */
export function Results({ of }: { of: Class }) {
  const { value, problem, reload } = useOfClass((signal) => classes.results(of.id, signal), of.id);
  const about = useSheet("class-quiz");
  const quiz = value?.quizzes.find(({ id }) => id === about);
  if (value === null) return problem ? <Problem action={{ label: t("classes.tryAgain"), run: reload }}>{problem}</Problem> : <Loading label={t("classes.readingResults")} />;
  if (value.quizzes.length === 0) return <p className="class-note">{t("classes.noQuizzes")}</p>;
  return (
    <div className="class-parts">
      <p className="class-note">{t("classes.resultsMean")}</p>
      <div className="class-table" role="region" aria-label={t("classes.results")} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("classes.student")}</th>
              {value.quizzes.map((each) => (
                <th key={each.id} scope="col">
                  <button type="button" className="link" dir="auto" onClick={() => openSheet("class-quiz", each.id)}>{each.title}</button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{value.students.map((student) => <Row key={student.id} student={student} results={value} />)}</tbody>
          <tfoot>
            <tr>
              <th scope="row">{t("classes.all")}</th>
              {value.quizzes.map((each) => (
                <td key={each.id}>{each.average === undefined ? "–" : percent(each.average)}<span className="class-facts">{t("classes.ofStudents", { count: each.handed_in, all: value.students.length })}</span></td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
      {value.students.length === 0 ? <p className="class-note">{t("classes.nobody")}</p> : null}
      <PlatformGrades of={of} />
      {quiz ? <QuizDialog id={of.id} quiz={quiz.id} title={quiz.title} /> : null}
    </div>
  );
}

function Row({ student, results }: { student: ClassResults["students"][number]; results: ClassResults }) {
  return (
    <tr>
      <th scope="row" dir="auto">{student.name}</th>
      {results.quizzes.map((quiz) => {
        const result = student.results.find((each) => each.quiz_id === quiz.id);
        if (!result) return <td key={quiz.id}><span className="class-facts">{t("classes.notHandedIn")}</span></td>;
        const best = result.times > 1 ? t("classes.bestOf", { share: percent(result.best), count: result.times }) : dayText(result.last_at);
        return <td key={quiz.id}>{percent(result.last)}<span className="class-facts">{best}</span></td>;
      })}
    </tr>
  );
}

/** One quiz: how each question did, and each time that it was handed in. */
function QuizDialog({ id, quiz, title }: { id: string; quiz: string; title: string }) {
  const { value, problem, reload } = useOfClass((signal) => classes.quizResults(id, quiz, signal), `${id} ${quiz}`);
  const numbers = new Map((value?.questions ?? []).map((question, index) => [question.id, index + 1]));
  const named = (ids: readonly string[]) => ids.flatMap((each) => numbers.get(each) ?? []).sort((a, b) => a - b).join(", ");
  return (
    <Dialog title={title} onClose={closeSheet} sheet>
      <div className="stack">
        {problem ? <Problem action={{ label: t("classes.tryAgain"), run: reload }}>{problem}</Problem> : null}
        {value === null && !problem ? <Loading label={t("classes.readingResults")} /> : null}
        {value === null ? null : (
          <>
            <h3>{t("classes.questions")}</h3>
            <ol className="class-questions">
              {value.questions.map((question) => (
                <li key={question.id}><span dir="auto">{question.text}</span> <span className="class-facts">{question.share === undefined ? t("classes.noAnswers") : t("classes.rightOf", { share: percent(question.share), count: question.answers })}</span></li>
              ))}
            </ol>
            <h3>{t("classes.handedIn")}</h3>
            {value.handed_in.length === 0 ? <p className="class-note">{t("classes.nothingHandedIn")}</p> : null}
            <ul className="class-rows" aria-label={t("classes.handedIn")}>
              {value.handed_in.map((each) => (
                <li key={`${each.student_id} ${each.at}`}>
                  <div>
                    <p><span dir="auto">{each.name}</span> · {percent(each.total_points > 0 ? each.score / each.total_points : 0)}</p>
                    <p className="class-facts">{[`${dayText(each.at)} ${timeText(each.at)}`, each.mode === "exam" ? t("classes.exam") : t("classes.practice"), each.wrong.length > 0 ? t("classes.wrongOnes", { numbers: named(each.wrong) }) : t("classes.allRight")].join(" · ")}</p>
                  </div>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      <footer><button type="button" className="button primary" onClick={closeSheet}>{t("classes.done")}</button></footer>
    </Dialog>
  );
}
