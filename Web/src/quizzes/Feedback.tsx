import { FormEvent, useState } from "react";
import type { QuizQuestion, QuizResult } from "../api/quizzes";
import { placeText } from "../asking/placeText";
import { Icon } from "../design/Icon";
import { tellFailure } from "../design/toastStore";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { t } from "../strings/t";
import { answerText, reasonText } from "./questionText";

interface FeedbackProps {
  question: QuizQuestion;
  result: QuizResult;
  /** Says that the answer is right, or is not; null where that cannot be said yet. */
  decide: ((correct: boolean, remark: string) => Promise<void>) | null;
}

/** How an answer was judged: what is right, why, and where it stands. */
export function Feedback({ question, result, decide }: FeedbackProps) {
  const reason = reasonText(result);
  return (
    <div className="quiz-feedback" data-verdict={result.verdict}>
      <p className="quiz-verdict">
        <Icon name={result.verdict === "right" ? "check" : result.verdict === "wrong" ? "close" : "info"} size={20} />
        <strong>{t(`quizzes.verdict_${result.verdict}`)}</strong>
        {reason === "" ? null : <span>{reason}</span>}
      </p>
      <dl>
        <div><dt>{t("quizzes.yours")}</dt><dd dir="auto">{answerText(question, result.answer)}</dd></div>
        {result.verdict === "right" ? null : <div><dt>{t("quizzes.rightOne")}</dt><dd dir="auto">{answerText(question, result.correct_answer)}</dd></div>}
      </dl>
      {result.explanation === "" || result.explanation === result.citation?.quote ? null : <p dir="auto">{result.explanation}</p>}
      {result.citation ? <Source citation={result.citation} /> : null}
      {result.before ? <p className="quiz-before">{t("quizzes.before", { verdict: t(`quizzes.verdict_${result.before.verdict}`) })}{result.remark ? ` “${result.remark}”` : ""}</p> : null}
      {decide ? <Decision result={result} decide={decide} /> : null}
    </div>
  );
}

/** The sentence that answers the question; it opens where it stands. */
export function Source({ citation }: { citation: NonNullable<QuizResult["citation"]> }) {
  return (
    <blockquote className="quiz-source">
      <p dir="auto">{citation.quote}</p>
      <Link to={paths.document(citation.document_id, { page: citation.page ?? null, chunk: citation.chunk_id })} state={{ quote: citation.quote, at: 0 }}>
        <Icon name="page" size={16} /> <span dir="auto">{citation.title}</span>{placeText(citation)}
      </Link>
    </blockquote>
  );
}

function Decision({ result, decide }: { result: QuizResult; decide: (correct: boolean, remark: string) => Promise<void> }) {
  const [remark, setRemark] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const say = async (correct: boolean, words: string) => {
    setBusy(true);
    try {
      await decide(correct, words);
      setRemark(null);
    } catch (error) {
      tellFailure(error);
    }
    setBusy(false);
  };
  if (result.verdict === "ask") {
    return (
      <div className="quiz-ask" role="group" aria-label={t("quizzes.didYou")}>
        <p>{t("quizzes.didYou")}</p>
        <button type="button" className="button" disabled={busy} onClick={() => void say(true, "")}><Icon name="check" size={18} /> {t("quizzes.iDid")}</button>
        <button type="button" className="button" disabled={busy} onClick={() => void say(false, "")}><Icon name="close" size={18} /> {t("quizzes.iDidNot")}</button>
      </div>
    );
  }
  if (remark === null) return <button type="button" className="button quiet quiz-disagree" onClick={() => setRemark("")}>{t("quizzes.disagree")}</button>;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void say(result.verdict !== "right", remark.trim());
  };
  return (
    <form className="quiz-remark" onSubmit={submit}>
      <label className="field"><span>{t("quizzes.why")}</span><input className="input" dir="auto" maxLength={1000} value={remark} autoFocus onChange={(event) => setRemark(event.target.value)} /></label>
      <button type="submit" className="button" disabled={busy}>{result.verdict === "right" ? t("quizzes.countWrong") : t("quizzes.countRight")}</button>
      <button type="button" className="button quiet" onClick={() => setRemark(null)}>{t("quizzes.cancel")}</button>
    </form>
  );
}
