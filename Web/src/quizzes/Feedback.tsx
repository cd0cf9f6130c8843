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
  /** Has a language model look again; null where none can. */
  rejudge?: ((remark: string) => Promise<void>) | null;
}

/** How an answer was judged: what is right, why, and where it stands. */
export function Feedback({ question, result, decide, rejudge = null }: FeedbackProps) {
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
      {result.explanation === "" || result.explanation === (result.citation ?? result.quotation)?.quote ? null : <p dir="auto">{result.explanation}</p>}
      {result.citation ? <Source citation={result.citation} /> : null}
      {result.quotation ? <Quotation quotation={result.quotation} /> : null}
      <Judgements result={result} />
      {decide ? <Decision result={result} decide={decide} rejudge={result.can_rejudge ? rejudge : null} /> : null}
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

/** What a document says that is not the reader's to open. */
function Quotation({ quotation }: { quotation: NonNullable<QuizResult["quotation"]> }) {
  return (
    <blockquote className="quiz-source">
      <p dir="auto">{quotation.quote}</p>
      <footer><Icon name="page" size={16} /> <span dir="auto">{quotation.title}</span>{placeText(quotation)}</footer>
    </blockquote>
  );
}

/** Who judged it, why, and how it was judged before. */
function Judgements({ result }: { result: QuizResult }) {
  const earlier = [result.before, result.later].flatMap((each) => (each ? [each] : []));
  if (earlier.length === 0 && !result.remark) return null;
  return (
    <ul className="quiz-before">
      {earlier.map((each, index) => (
        <li key={index}>{t("quizzes.before", { verdict: t(`quizzes.verdict_${each.verdict}`) })} {t(`quizzes.by_${each.judged_by}`)}{each.remark ? ` “${each.remark}”` : ""}</li>
      ))}
      {result.objection ? <li>{t("quizzes.objection")} “{result.objection}”</li> : null}
      {result.remark || earlier.length > 0 ? <li>{t("quizzes.now", { verdict: t(`quizzes.verdict_${result.verdict}`) })} {t(`quizzes.by_${result.judged_by}`)}{result.remark ? ` “${result.remark}”` : ""}</li> : null}
    </ul>
  );
}

interface DecisionProps {
  result: QuizResult;
  decide: (correct: boolean, remark: string) => Promise<void>;
  rejudge: ((remark: string) => Promise<void>) | null;
}

function Decision({ result, decide, rejudge }: DecisionProps) {
  const [remark, setRemark] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async (step: Promise<void>) => {
    setBusy(true);
    try {
      await step;
      setRemark(null);
    } catch (error) {
      tellFailure(error);
    }
    setBusy(false);
  };
  const say = (correct: boolean, words: string) => run(decide(correct, words));
  if (result.verdict === "ask") {
    return (
      <div className="quiz-ask" role="group" aria-label={t("quizzes.didYou")}>
        <p>{t("quizzes.didYou")}</p>
        <button type="button" className="button" disabled={busy} onClick={() => void say(true, "")}><Icon name="check" size={18} /> {t("quizzes.iDid")}</button>
        <button type="button" className="button" disabled={busy} onClick={() => void say(false, "")}><Icon name="close" size={18} /> {t("quizzes.iDidNot")}</button>
        {rejudge ? <button type="button" className="button quiet" disabled={busy} onClick={() => void run(rejudge(""))}><Icon name="retry" size={18} /> {t("quizzes.lookAgain")}</button> : null}
      </div>
    );
  }
  if (remark === null) return <button type="button" className="button quiet quiz-disagree" onClick={() => setRemark("")}>{t("quizzes.disagree")}</button>;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void (rejudge ? run(rejudge(remark.trim())) : say(result.verdict !== "right", remark.trim()));
  };
  return (
    <form className="quiz-remark" onSubmit={submit}>
      <label className="field"><span>{t("quizzes.why")}</span><input className="input" dir="auto" maxLength={1000} value={remark} autoFocus onChange={(event) => setRemark(event.target.value)} /></label>
      {rejudge ? <button type="submit" className="button primary" disabled={busy}><Icon name="retry" size={18} /> {t("quizzes.lookAgain")}</button> : null}
      <button type={rejudge ? "button" : "submit"} className="button" disabled={busy} onClick={rejudge ? () => void say(result.verdict !== "right", remark.trim()) : undefined}>{result.verdict === "right" ? t("quizzes.countWrong") : t("quizzes.countRight")}</button>
      <button type="button" className="button quiet" onClick={() => setRemark(null)}>{t("quizzes.cancel")}</button>
    </form>
  );
}
