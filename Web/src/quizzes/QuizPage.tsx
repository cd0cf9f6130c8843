import { useState } from "react";
import { describe } from "../api/errors";
import { AttemptMode, attempts, Quiz, quizzes } from "../api/quizzes";
import { sharing } from "../api/sharing";
import { useCourse } from "../course/courseStore";
import { CourseTag } from "../course/CourseTag";
import { Icon } from "../design/Icon";
import { Menu, MenuItem } from "../design/Menu";
import { Meter } from "../design/Meter";
import { ReadingMonster } from "../design/Monster";
import { Loading, Problem } from "../design/Notice";
import { Segments } from "../design/Segments";
import { showToast, tellFailure } from "../design/toastStore";
import type { PageProps } from "../frame/Area";
import { openSheet } from "../frame/sheets";
import { Link } from "../routing/Link";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { numberText } from "../strings/amounts";
import { t } from "../strings/t";
import { ExportQuiz } from "./ExportQuiz";
import { droppedText, noteText, problemText } from "./questionText";
import { QuestionCard } from "./QuestionCard";
import { QuestionEditor } from "./QuestionEditor";
import { quizDeletion } from "./quizDeletion";
import { RenameQuiz } from "./RenameQuiz";
import { Submissions } from "./Submissions";
import { useFigures } from "./useFigures";
import { useQuiz } from "./useQuiz";

/** A quiz before it is taken: how far its making is, how to begin, what came of it so far, and its questions. */
export function QuizPage({ params }: PageProps) {
  const id = params["id"] ?? "";
  const { quiz, problem, progress, take, reload } = useQuiz(id);
  const heading = usePage(quiz?.title ?? t("quizzes.one"));
  const course = useCourse(quiz?.course_id ?? null);
  const figures = useFigures(id, quiz !== null && quiz.shared_by === undefined && quiz.standing.submissions > 0, quiz?.standing.submissions ?? 0);
  const [sheet, setSheet] = useState<"rename" | "add" | "export" | null>(null);
  if (!quiz) {
    if (problem?.gone) return <Gone />;
    return problem ? <div className="page"><Problem action={{ label: t("quizzes.tryAgain"), run: reload }}>{problem.text}</Problem></div> : <Loading label={t("quizzes.reading")} />;
  }
  const regenerate = async (tier: "standard" | "more") => {
    try {
      take(await quizzes.regenerate(id, { tier }));
    } catch (error) {
      tellFailure(error);
    }
  };
  const made = quiz.wanted !== undefined;
  const owner = quiz.shared_by?.name;
  const items: MenuItem[] = owner !== undefined ? [
    { label: t("quizzes.copy"), icon: "copy", run: () => void copy(quiz) },
    ...(quiz.shared_by?.via === "quiz" ? [{ label: t("quizzes.leaveShared"), icon: "close" as const, run: () => void leaveShared(quiz.id) }] : []),
  ] : [
    { label: t("quizzes.share"), icon: "people", run: () => openSheet("share-quiz", id) },
    { label: t("quizzes.rename"), icon: "pencil", run: () => setSheet("rename") },
    { label: t("quizzes.export"), icon: "download", run: () => setSheet("export") },
    { label: t("quizzes.addQuestion"), icon: "plus", run: () => setSheet("add") },
    ...(made && quiz.status !== "generating" ? [{ label: t("quizzes.anew"), icon: "retry" as const, run: () => void regenerate(quiz.tier ?? "standard") }] : []),
    {
      label: t("quizzes.delete"), icon: "trash", danger: true,
      run: () => {
        quizDeletion.start(id, quiz.title);
        navigate(course ? paths.course(course.id, "practice") : paths.quizzes, { replace: true });
      },
    },
  ];
  const questions = quiz.questions ?? [];
  return (
    <div className="page quiz-page">
      <header className="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1} dir="auto">{quiz.title}</h1>
          <p className="sub">{owner === undefined ? null : `${t("quizzes.from_owner", { owner })} · `}{t("quizzes.questions", { count: quiz.total_questions })}{course ? <> · <CourseTag id={course.id} /></> : null}</p>
        </div>
        <Menu label={t("quizzes.actionsFor", { title: quiz.title })} items={items} />
      </header>
      {quiz.status === "generating" ? <Making quiz={quiz} progress={progress} take={take} /> : null}
      {owner !== undefined ? <p className="quiz-hint">{t(quiz.shared_by?.via === "class" ? "quizzes.classHint" : "quizzes.sharedHint", { owner })}</p> : null}
      {quiz.total_questions > 0 ? <Start quiz={quiz} /> : null}
      {quiz.status !== "generating" ? <Outcome quiz={quiz} more={() => void regenerate("more")} /> : null}
      {quiz.standing.submissions > 0 ? <Submissions quiz={quiz} /> : null}
      {owner === undefined && questions.length > 0 ? (
        <section className="quiz-questions">
          <h2>{t("quizzes.questionsTitle")}</h2>
          <p className="quiz-hint">{t("quizzes.spoiler")}</p>
          <ol>
            {questions.map((question, index) => (
              <li key={question.id}>
                <QuestionCard
                  question={question} number={index + 1} changed={reload} figures={figures.get(question.id) ?? null}
                  leaveOut={async () => {
                    await quizzes.leaveOut(id, question.id);
                    reload();
                  }}
                />
              </li>
            ))}
          </ol>
        </section>
      ) : null}
      {sheet === "rename" ? <RenameQuiz quiz={quiz} take={take} onClose={() => setSheet(null)} /> : null}
      {sheet === "export" ? <ExportQuiz quiz={quiz} onClose={() => setSheet(null)} /> : null}
      {sheet === "add" ? (
        <QuestionEditor
          question={null} onClose={() => setSheet(null)}
          save={async (question) => {
            take(await quizzes.add(id, question));
            setSheet(null);
          }}
        />
      ) : null}
    </div>
  );
}

async function copy(quiz: Quiz) {
  try {
    const made = await quizzes.copy(quiz.id);
    navigate(paths.quiz(made.id));
    showToast(t("quizzes.copied"));
  } catch (error) {
    tellFailure(error);
  }
}

async function leaveShared(id: string) {
  try {
    await sharing.leave("quiz", id);
    navigate(paths.quizzes, { replace: true });
  } catch (error) {
    tellFailure(error);
  }
}

function Making({ quiz, progress, take }: { quiz: Quiz; progress: number | null; take: (quiz: Quiz) => void }) {
  const stop = async () => {
    try {
      take(await quizzes.stop(quiz.id));
    } catch (error) {
      tellFailure(error);
    }
  };
  return (
    <section className="quiz-making" aria-label={t("quizzes.making")}>
      <p role="status">{t("quizzes.makingNow", { count: quiz.total_questions })}</p>
      <Meter label={t("quizzes.making")} fraction={progress} />
      <button type="button" className="button" onClick={() => void stop()}><Icon name="stop" size={18} /> {t("quizzes.stop")}</button>
    </section>
  );
}

const limits = ["0", "5", "10", "20", "45", "90"] as const;

/** How the quiz is taken; one that has begun goes on. */
function Start({ quiz }: { quiz: Quiz }) {
  const [mode, setMode] = useState<AttemptMode>("practice");
  const [minutes, setMinutes] = useState<string>("0");
  const [problem, setProblem] = useState<string | null>(null);
  const begin = async (restart: boolean) => {
    setProblem(null);
    try {
      const limit = Number(minutes) * 60;
      await attempts.begin(quiz.id, { mode, restart, ...(limit > 0 && mode === "exam" ? { time_limit: limit } : {}) });
      navigate(paths.quizTake(quiz.id));
    } catch (error) {
      setProblem(describe(error));
    }
  };
  return (
    <section className="quiz-start" aria-label={t("quizzes.take")}>
      {problem ? <Problem>{problem}</Problem> : null}
      {quiz.standing.is_open ? (
        <>
          <p>{t("quizzes.openAttempt")}</p>
          <div className="quiz-actions">
            <Link className="button primary large" to={paths.quizTake(quiz.id)}>{t("quizzes.goOn")}</Link>
            <button type="button" className="button" onClick={() => void begin(true)}>{t("quizzes.restart")}</button>
          </div>
        </>
      ) : (
        <>
          <Segments
            label={t("quizzes.mode")} value={mode} onChange={setMode}
            choices={[{ value: "practice", label: t("quizzes.practice") }, { value: "exam", label: t("quizzes.exam") }]}
          />
          <p className="quiz-hint">{mode === "practice" ? t("quizzes.practiceHint") : t("quizzes.examHint")}</p>
          {mode === "exam" ? (
            <label className="field quiz-limit">
              <span>{t("quizzes.timeLimit")}</span>
              <select className="input" value={minutes} onChange={(event) => setMinutes(event.target.value)}>
                {limits.map((limit) => <option key={limit} value={limit}>{limit === "0" ? t("quizzes.noLimit") : t("quizzes.minutes", { count: Number(limit) })}</option>)}
              </select>
            </label>
          ) : null}
          <button type="button" className="button primary large" onClick={() => void begin(false)}>{t("quizzes.begin")}</button>
        </>
      )}
    </section>
  );
}

/** Why there are fewer questions than were asked for, and what was held back. */
function Outcome({ quiz, more }: { quiz: Quiz; more: () => void }) {
  const problem = problemText(quiz);
  const dropped = Object.entries(quiz.dropped).sort((a, b) => b[1] - a[1]);
  const held = dropped.reduce((sum, [, count]) => sum + count, 0);
  const notes = quiz.notes.map(noteText).filter((note): note is string => note !== null);
  const few = quiz.wanted !== undefined && quiz.total_questions < quiz.wanted;
  if (problem === null && !few && held === 0) return null;
  return (
    <section className="quiz-outcome">
      {quiz.total_questions === 0 && quiz.status === "failed" ? <ReadingMonster /> : null}
      {problem ? <p role="status">{problem}</p> : few ? <p>{t("quizzes.fewer", { made: quiz.total_questions, wanted: quiz.wanted ?? 0 })} {notes.join(" ")}</p> : null}
      {few && quiz.tier !== "more" && quiz.problem !== "no_text" ? <button type="button" className="button" onClick={more}>{t("quizzes.withMoreKinds")}</button> : null}
      {held > 0 ? (
        <details>
          <summary>{t("quizzes.heldBack", { count: held, words: numberText(quiz.words) })}</summary>
          <ul>{dropped.map(([reason, count]) => <li key={reason}>{droppedText(reason)}<span>{numberText(count)}</span></li>)}</ul>
        </details>
      ) : null}
    </section>
  );
}

function Gone() {
  return (
    <div className="page">
      <div className="empty">
        <ReadingMonster />
        <h1 tabIndex={-1}>{t("quizzes.goneTitle")}</h1>
        <p>{t("quizzes.gone")}</p>
        <div className="actions"><Link className="button primary" to={paths.quizzes}>{t("quizzes.all")}</Link></div>
      </div>
    </div>
  );
}
