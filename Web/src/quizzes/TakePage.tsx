import { useCallback, useEffect, useId, useMemo, useRef, useState } from "react";
import { APIError, describe } from "../api/errors";
import { Answer, attempts, QuizAttempt, QuizQuestion, QuizResult } from "../api/quizzes";
import { Icon } from "../design/Icon";
import { Meter } from "../design/Meter";
import { Loading, Problem } from "../design/Notice";
import { tellFailure } from "../design/toastStore";
import type { PageProps } from "../frame/Area";
import { Link } from "../routing/Link";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { t } from "../strings/t";
import { AnswerInput } from "./AnswerInput";
import { AnswerKeeper } from "./AnswerKeeper";
import { Feedback } from "./Feedback";
import { QuizTimer } from "./QuizTimer";
import { useQuizKeys } from "./useQuizKeys";

/** One question a screen, and nothing else. What is answered is kept as one goes, and goes on on any device. */
export function TakePage({ params }: PageProps) {
  const quiz = params["id"] ?? "";
  const [attempt, setAttempt] = useState<QuizAttempt | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    attempts.begin(quiz, {}).then(
      (begun) => !gone && setAttempt(begun),
      (error: unknown) => !gone && setProblem(error instanceof APIError && error.status === 409 ? t("quizzes.notReady") : describe(error)),
    );
    return () => {
      gone = true;
    };
  }, [quiz]);
  if (attempt) return <Taking key={attempt.id} attempt={attempt} />;
  return (
    <div className="quiz-take">
      {problem ? <><Problem>{problem}</Problem><Link className="button" to={paths.quiz(quiz)}>{t("quizzes.back")}</Link></> : <Loading label={t("quizzes.beginning")} />}
    </div>
  );
}

function Taking({ attempt }: { attempt: QuizAttempt }) {
  const questions = attempt.questions ?? [];
  const known = useMemo(() => new Map((attempt.answers ?? []).map((each) => [each.question_id, each])), [attempt]);
  const keeper = useMemo(() => new AnswerKeeper(attempt.quiz_id, attempt.id), [attempt]);
  const [answers, setAnswers] = useState<ReadonlyMap<string, Answer | null>>(() => new Map([...known].map(([id, each]) => [id, (each.answer ?? null) as Answer | null])));
  const [flags, setFlags] = useState<ReadonlySet<string>>(() => new Set([...known.values()].filter((each) => each.is_flagged).map((each) => each.question_id)));
  const [results, setResults] = useState<ReadonlyMap<string, QuizResult>>(() => new Map([...known].flatMap(([id, { result }]) => (result ? [[id, result] as const] : []))));
  /** At `questions.length` stands the summary before handing in. */
  const [at, setAt] = useState(Math.min(attempt.position, questions.length));
  const [unsaved, setUnsaved] = useState(false);
  const [busy, setBusy] = useState(false);
  const practice = attempt.mode === "practice";
  const question = questions[at];
  const heading = usePage(t("quizzes.taking"), { focus: false });
  const stem = useRef<HTMLHeadingElement>(null);
  const id = useId();

  useEffect(() => keeper.follow(setUnsaved), [keeper]);
  // Each question is announced, and its field is ready to write into.
  useEffect(() => {
    const field = document.querySelector<HTMLElement>(".quiz-take [data-answer]:not(:disabled)");
    const aim = field && window.matchMedia("(pointer: fine)").matches ? field : stem.current;
    aim?.focus({ preventScroll: true });
    document.querySelector(".quiz-take")?.scrollTo(0, 0);
  }, [at]);

  const answer = question ? answers.get(question.id) ?? null : null;
  const result = question ? results.get(question.id) : undefined;

  const change = useCallback((next: Answer | null) => {
    if (!question || results.has(question.id)) return;
    setAnswers((now) => new Map(now).set(question.id, next));
    keeper.answer(question.id, next);
  }, [question, results, keeper]);

  const go = useCallback((to: number) => {
    const target = Math.max(0, Math.min(questions.length, to));
    setAt(target);
    keeper.position(Math.min(target, questions.length - 1));
  }, [questions.length, keeper]);

  const hand = useCallback(async () => {
    setBusy(true);
    try {
      await keeper.flush();
      const done = await attempts.submit(attempt.quiz_id, attempt.id, keeper.left());
      keeper.stop();
      navigate(paths.quizResult(attempt.quiz_id, done.id), { replace: true });
    } catch (error) {
      tellFailure(error);
      setBusy(false);
    }
  }, [attempt, keeper]);

  const check = useCallback(async () => {
    if (!question) return;
    setBusy(true);
    try {
      const judged = await attempts.check(attempt.quiz_id, attempt.id, question.id, whole(question, answer));
      keeper.drop(question.id);
      setResults((now) => new Map(now).set(question.id, judged));
    } catch (error) {
      tellFailure(error);
    }
    setBusy(false);
  }, [attempt, question, answer, keeper]);

  const onward = useCallback(() => {
    if (busy) return;
    if (question && practice && !result) {
      void check();
      return;
    }
    // What was put in order and left as it stood is an answer too.
    if (question && !practice && question.question_type === "ordering" && answer === null) change((question.options ?? []).map((option) => option.id));
    if (at < questions.length) go(at + 1);
    else void hand();
  }, [busy, question, practice, result, check, answer, change, at, questions.length, go, hand]);

  const flag = useCallback(() => {
    if (!question) return;
    const flagged = !flags.has(question.id);
    setFlags((now) => {
      const next = new Set(now);
      if (flagged) next.add(question.id);
      else next.delete(question.id);
      return next;
    });
    keeper.flag(question.id, flagged);
  }, [question, flags, keeper]);

  useQuizKeys({ question, answer, change, onward, flag, back: () => go(at - 1), skip: () => go(at + 1) });

  const decide = async (correct: boolean, remark: string) => {
    if (!question) return;
    const judged = await attempts.decide(attempt.quiz_id, attempt.id, question.id, correct, remark);
    setResults((now) => new Map(now).set(question.id, judged));
  };

  const done = questions.filter((each) => results.has(each.id) || answered(answers.get(each.id))).length;
  return (
    <div className="quiz-take">
      <header className="quiz-bar">
        <h1 ref={heading} tabIndex={-1} className="visually-hidden">{t("quizzes.taking")}</h1>
        <Link className="icon-button" to={paths.quiz(attempt.quiz_id)} aria-label={t("quizzes.leave")} title={t("quizzes.leave")} onClick={() => void keeper.flush()}><Icon name="close" /></Link>
        <div className="grow">
          <p className="quiz-place">{question ? t("quizzes.questionOf", { number: at + 1, total: questions.length }) : t("quizzes.summary")}<span role="status" className="quiz-saved">{unsaved ? t("quizzes.unsaved") : ""}</span></p>
          <Meter label={t("quizzes.answeredOf", { done, total: questions.length })} fraction={done / Math.max(1, questions.length)} />
        </div>
        {attempt.deadline ? <QuizTimer deadline={attempt.deadline} over={() => void hand()} /> : null}
        {question ? (
          <button type="button" className="icon-button" aria-pressed={flags.has(question.id)} aria-label={t("quizzes.flag")} title={`${t("quizzes.flag")} (F)`} onClick={flag}><Icon name="pin" /></button>
        ) : null}
      </header>
      <div className="quiz-stage">
        {question ? (
          <>
            <h2 ref={stem} id={id} tabIndex={-1} className="quiz-stem" dir="auto">{question.question_type === "cloze" ? t("quizzes.fillIn") : question.question_text}</h2>
            {question.question_type === "multiple_response" ? <p className="quiz-hint">{t("quizzes.several")}</p> : null}
            <AnswerInput key={question.id} question={question} answer={answer} change={change} disabled={result !== undefined || busy} right={result ? idsOf(result.correct_answer) : null} labelledBy={id} />
            <div aria-live="polite">{result ? <Feedback question={question} result={result} decide={decide} /> : null}</div>
          </>
        ) : (
          <Summary heading={stem} questions={questions} answers={answers} results={results} flags={flags} go={go} />
        )}
      </div>
      <footer className="quiz-foot">
        <button type="button" className="button" disabled={at === 0} onClick={() => go(at - 1)}><Icon name="back" size={18} /> {t("quizzes.previous")}</button>
        {question && practice && !result ? <button type="button" className="button quiet" onClick={() => go(at + 1)}>{t("quizzes.skip")}</button> : null}
        <button type="button" className="button primary" disabled={busy} onClick={onward}>
          {!question ? t("quizzes.handIn") : practice && !result ? t("quizzes.check") : at + 1 < questions.length ? t("quizzes.next") : t("quizzes.toSummary")}
        </button>
      </footer>
    </div>
  );
}

interface SummaryProps {
  heading: React.RefObject<HTMLHeadingElement>;
  questions: readonly QuizQuestion[];
  answers: ReadonlyMap<string, Answer | null>;
  results: ReadonlyMap<string, QuizResult>;
  flags: ReadonlySet<string>;
  go: (to: number) => void;
}

/** What is answered and what is not, before it is handed in. */
function Summary({ heading, questions, answers, results, flags, go }: SummaryProps) {
  const open = questions.filter(({ id }) => !results.has(id) && !answered(answers.get(id))).length;
  return (
    <>
      <h2 ref={heading} tabIndex={-1} className="quiz-stem">{open === 0 ? t("quizzes.allAnswered") : t("quizzes.open", { count: open })}</h2>
      <ol className="quiz-overview">
        {questions.map((question, index) => {
          const state = results.has(question.id) || answered(answers.get(question.id)) ? "done" : "open";
          return (
            <li key={question.id}>
              <button type="button" className="quiz-step" data-state={state} onClick={() => go(index)}>
                <span className="quiz-number">{index + 1}</span>
                <span className="grow" dir="auto">{question.question_text}</span>
                {flags.has(question.id) ? <Icon name="pin" size={16} /> : null}
                <span className="quiz-state">{flags.has(question.id) ? `${t("quizzes.flagged")} · ` : ""}{state === "done" ? t("quizzes.answered") : t("quizzes.notAnswered")}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </>
  );
}

function answered(answer: Answer | null | undefined): boolean {
  if (answer === null || answer === undefined) return false;
  return Object.values(typeof answer === "string" ? [answer] : answer).some((text) => text.trim() !== "");
}

function idsOf(answer: unknown): string[] {
  return Array.isArray(answer) ? answer.map(String) : [String(answer)];
}

/** What was put in order and left as it stood is an answer too. */
function whole(question: QuizQuestion, answer: Answer | null): Answer | null {
  return answer === null && question.question_type === "ordering" ? (question.options ?? []).map(({ id }) => id) : answer;
}
