import { useState } from "react";
import { questionBank, QuestionFigures, QuizQuestion } from "../api/quizzes";
import { Icon } from "../design/Icon";
import { Menu, MenuItem } from "../design/Menu";
import { tellFailure } from "../design/toastStore";
import { t } from "../strings/t";
import { Source } from "./Feedback";
import { BankFigures, Figures } from "./Figures";
import { QuestionEditor } from "./QuestionEditor";
import { answerText, optionText, typeText } from "./questionText";

interface QuestionCardProps {
  question: QuizQuestion;
  number: number | null;
  /** How it does in the quiz that is shown; null where that is not known. Missing in the bank, where it is asked for. */
  figures?: QuestionFigures | null;
  changed: () => void;
  /** Takes it out of the quiz that is shown; null in the bank, where it can be deleted instead. */
  leaveOut: (() => Promise<void>) | null;
  remove?: () => void;
  /** Its tags lead to others. */
  find?: (tag: string) => void;
}

/** A question as its author sees it: opened, with what is right, why, and where it stands. */
export function QuestionCard({ question, number, figures, changed, leaveOut, remove, find }: QuestionCardProps) {
  const [editing, setEditing] = useState(false);
  const [open, setOpen] = useState(false);
  const act = (action: () => Promise<unknown>) => () => void action().then(changed, tellFailure);
  const items: MenuItem[] = [
    { label: t("quizzes.edit"), icon: "pencil", run: () => setEditing(true) },
    {
      label: question.is_flagged ? t("quizzes.unflagBad") : t("quizzes.flagBad"), icon: "alert",
      run: act(() => questionBank.change(question.id, { is_flagged: !question.is_flagged, version: question.version })),
    },
    ...(leaveOut ? [{ label: t("quizzes.leaveOut"), icon: "close" as const, run: () => void leaveOut().catch(tellFailure) }] : []),
    ...(remove ? [{ label: t("quizzes.delete"), icon: "trash" as const, danger: true, run: remove }] : []),
  ];
  return (
    <article className="quiz-card" data-flagged={question.is_flagged ? "" : undefined}>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          {number === null ? null : <span className="quiz-number">{number}</span>}
          <span className="grow" dir="auto">{question.question_text}</span>
          <span className="quiz-facts">{[typeText(question.question_type), t(`quizzes.level_${question.difficulty}`), question.is_edited ? t("quizzes.edited") : "", question.is_flagged ? t("quizzes.isBad") : ""].filter(Boolean).join(" · ")}</span>
        </summary>
        <div className="quiz-inside">
          <Right question={question} />
          {question.explanation && question.explanation !== question.citation?.quote ? <p dir="auto">{question.explanation}</p> : null}
          {question.citation ? <Source citation={question.citation} /> : null}
          {!open ? null : figures === undefined ? <BankFigures question={question} /> : figures ? <Figures question={question} figures={figures} /> : null}
          {question.tags.length > 0 ? (
            <p className="quiz-tags">{question.tags.map((tag) => (find ? <button type="button" className="tag" key={tag} onClick={() => find(tag)}>{tag}</button> : <span className="tag" key={tag}>{tag}</span>))}</p>
          ) : null}
        </div>
      </details>
      <Menu label={t("quizzes.actionsFor", { title: question.question_text })} items={items} />
      {editing ? (
        <QuestionEditor
          question={question} onClose={() => setEditing(false)}
          save={async (change) => {
            await questionBank.change(question.id, { ...change, version: question.version });
            setEditing(false);
            changed();
          }}
        />
      ) : null}
    </article>
  );
}

function Right({ question }: { question: QuizQuestion }) {
  const right = question.correct_answer;
  const ids = new Set(Array.isArray(right) ? right.map(String) : [String(right)]);
  const listed = question.question_type === "multiple_choice" || question.question_type === "multiple_response" || question.question_type === "true_false";
  if (!listed) return <p><strong>{t("quizzes.rightOne")}:</strong> <span dir="auto">{answerText(question, right)}</span></p>;
  return (
    <ul className="quiz-known">
      {(question.options ?? []).map(({ id, text }) => (
        <li key={id} data-right={ids.has(id) ? "" : undefined}>
          {ids.has(id) ? <Icon name="check" size={18} /> : <span className="quiz-blank" />} <span dir="auto">{optionText(question, id, text)}</span>
          {ids.has(id) ? <span className="visually-hidden">{t("quizzes.isRight")}</span> : null}
        </li>
      ))}
    </ul>
  );
}
