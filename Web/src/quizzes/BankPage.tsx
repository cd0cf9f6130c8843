import { useCallback, useEffect, useState } from "react";
import { describe, isAbort } from "../api/errors";
import { questionBank, QuestionType, questionTypes, QuizQuestion, quizzes } from "../api/quizzes";
import { Icon } from "../design/Icon";
import { ReadingMonster } from "../design/Monster";
import { Loading, Problem } from "../design/Notice";
import { tellFailure } from "../design/toastStore";
import { UndoableDeletion } from "../design/UndoableDeletion";
import type { PageProps } from "../frame/Area";
import { Link } from "../routing/Link";
import { navigate, setParameters } from "../routing/location";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { QuestionCard } from "./QuestionCard";
import { QuestionEditor } from "./QuestionEditor";
import { typeText } from "./questionText";

const step = 25;
const deletion = new UndoableDeletion({ remove: (id) => questionBank.remove(id), after: () => undefined });

/** All questions: found by words, tag and type; edited, tagged, put together to a quiz. */
export function BankPage({ query }: PageProps) {
  const heading = usePage(t("quizzes.bank"));
  const [q, tag] = [query.get("q") ?? "", query.get("tag") ?? ""];
  const type = questionTypes.find((each) => each === query.get("type"));
  const { found, tags, problem, more, reload } = useBank(q, tag, type);
  const leaving = useStore(deletion.leaving);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [writing, setWriting] = useState(false);
  const shown = (found?.items ?? []).filter(({ id }) => !leaving.has(id));
  const limited = q !== "" || tag !== "" || type !== undefined;
  const assemble = async () => {
    try {
      const made = await quizzes.make({ question_ids: shown.filter(({ id }) => chosen.has(id)).map(({ id }) => id), title: tag || t("quizzes.one") });
      navigate(paths.quiz(made.id));
    } catch (error) {
      tellFailure(error);
    }
  };
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>{t("quizzes.bank")}</h1>
          <p className="sub"><Link to={paths.quizzes}>{t("quizzes.place")}</Link></p>
        </div>
        <div className="quiz-actions">
          {chosen.size > 0 ? <button type="button" className="button primary" onClick={() => void assemble()}><Icon name="quiz" size={18} /> {t("quizzes.fromChosen", { count: chosen.size })}</button> : null}
          <button type="button" className="button" onClick={() => setWriting(true)}><Icon name="plus" size={18} /> {t("quizzes.write")}</button>
        </div>
      </header>
      <div className="list-tools">
        <input className="input list-filter" type="search" dir="auto" aria-label={t("quizzes.find")} placeholder={t("quizzes.find")} value={q} onChange={(event) => setParameters({ q: event.target.value })} />
        <select className="input quiz-filter" aria-label={t("quizzes.type")} value={type ?? ""} onChange={(event) => setParameters({ type: event.target.value })}>
          <option value="">{t("quizzes.everyType")}</option>
          {questionTypes.map((each) => <option key={each} value={each}>{typeText(each)}</option>)}
        </select>
      </div>
      {tags.length > 0 ? (
        <p className="quiz-tags" role="group" aria-label={t("quizzes.tags")}>
          {tags.map((each) => <button type="button" key={each.tag} className="tag" aria-pressed={each.tag === tag} onClick={() => setParameters({ tag: each.tag === tag ? null : each.tag })}>{each.tag}</button>)}
        </p>
      ) : null}
      {problem ? <Problem action={{ label: t("quizzes.tryAgain"), run: reload }}>{problem}</Problem> : null}
      {!found && !problem ? <Loading label={t("quizzes.reading")} /> : null}
      {found && shown.length === 0 ? (
        <div className="empty">
          <ReadingMonster />
          <h2>{limited ? t("quizzes.noMatchTitle") : t("quizzes.bankEmptyTitle")}</h2>
          <p>{limited ? t("quizzes.noMatch") : t("quizzes.bankEmpty")}</p>
        </div>
      ) : null}
      <ul className="quiz-bank" aria-label={t("quizzes.bank")}>
        {shown.map((question) => (
          <li key={question.id} data-row={question.id}>
            <input
              type="checkbox" aria-label={t("quizzes.select", { question: question.question_text })} checked={chosen.has(question.id)}
              onChange={() => setChosen((now) => {
                const next = new Set(now);
                if (!next.delete(question.id)) next.add(question.id);
                return next;
              })}
            />
            <QuestionCard question={question} number={null} changed={reload} leaveOut={null} remove={() => deletion.start(question.id, question.question_text)} find={(each) => setParameters({ tag: each })} />
          </li>
        ))}
      </ul>
      {found && found.items.length < found.total ? <button type="button" className="button" onClick={more}>{t("quizzes.more")}</button> : null}
      {writing ? (
        <QuestionEditor
          question={null} onClose={() => setWriting(false)}
          save={async (question) => {
            await questionBank.make(question);
            setWriting(false);
            reload();
          }}
        />
      ) : null}
    </div>
  );
}

function useBank(q: string, tag: string, type: QuestionType | undefined) {
  const [found, setFound] = useState<{ items: QuizQuestion[]; total: number } | null>(null);
  const [tags, setTags] = useState<readonly { tag: string; count: number }[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [count, setCount] = useState(step);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    // Who types fast asks once.
    const timer = window.setTimeout(() => {
      Promise.all([questionBank.list(1, Math.min(100, count), { ...(q.trim() === "" ? {} : { q: q.trim() }), ...(tag === "" ? {} : { tag }), ...(type ? { type } : {}) }, signal), questionBank.tags(signal)]).then(
        ([{ data, pagination }, known]) => {
          setFound({ items: data, total: Math.min(100, pagination.total) });
          setTags(known);
          setProblem(null);
        },
        (error: unknown) => !isAbort(error) && setProblem(describe(error)),
      );
    }, q === "" ? 0 : 150);
    return () => {
      window.clearTimeout(timer);
      controller.abort();
    };
  }, [q, tag, type, count, turn]);
  const more = useCallback(() => setCount((now) => now + step), []);
  const reload = useCallback(() => setTurn((now) => now + 1), []);
  return { found, tags, problem, more, reload };
}
