import { Fragment, useId } from "react";
import type { Answer, QuizQuestion } from "../api/quizzes";
import { Icon } from "../design/Icon";
import { t } from "../strings/t";
import { optionText } from "./questionText";

interface AnswerInputProps {
  question: QuizQuestion;
  answer: Answer | null;
  change: (answer: Answer | null) => void;
  disabled: boolean;
  /** The ids of what is right, once it is told. */
  right: readonly string[] | null;
  /** Names the group for a screen reader: the question's own heading. */
  labelledBy: string;
}

/** Where a question is answered: what stands there follows from its type. */
export function AnswerInput(props: AnswerInputProps) {
  switch (props.question.question_type) {
    case "multiple_choice": case "true_false": return <Choices {...props} multiple={false} />;
    case "multiple_response": return <Choices {...props} multiple />;
    case "cloze": return <Gaps {...props} />;
    case "matching": return <Matching {...props} />;
    case "ordering": return <Ordering {...props} />;
    default: return <Typed {...props} />;
  }
}

function Choices({ question, answer, change, disabled, right, labelledBy, multiple }: AnswerInputProps & { multiple: boolean }) {
  const name = useId();
  const chosen = Array.isArray(answer) ? answer : typeof answer === "string" ? [answer] : [];
  return (
    <ul className="quiz-options" role={multiple ? "group" : "radiogroup"} aria-labelledby={labelledBy}>
      {(question.options ?? []).map(({ id, text }, index) => (
        <li key={id} role="presentation">
          <label className="quiz-option" data-told={right === null ? undefined : right.includes(id) ? "right" : chosen.includes(id) ? "wrong" : "other"}>
            <input
              type={multiple ? "checkbox" : "radio"} name={name} checked={chosen.includes(id)} disabled={disabled}
              onChange={() => change(multiple ? toggled(chosen, id) : id)}
            />
            <kbd aria-hidden="true">{String.fromCharCode(65 + index)}</kbd>
            <span className="grow" dir="auto">{optionText(question, id, text)}</span>
            {right?.includes(id) ? <Icon name="check" size={18} /> : null}
          </label>
        </li>
      ))}
    </ul>
  );
}

function Typed({ question, answer, change, disabled, labelledBy }: AnswerInputProps) {
  const text = typeof answer === "string" ? answer : Array.isArray(answer) ? answer.join("; ") : "";
  const numeric = question.question_type === "numeric";
  return (
    <div className="quiz-typed">
      {numeric ? (
        <input className="input" inputMode="decimal" autoComplete="off" aria-labelledby={labelledBy} value={text} disabled={disabled} data-answer="" onChange={(event) => change(event.target.value)} />
      ) : (
        <textarea className="input" rows={2} dir="auto" aria-labelledby={labelledBy} value={text} disabled={disabled} data-answer="" onChange={(event) => change(event.target.value)} />
      )}
      {numeric && question.unit ? <span>{question.unit}</span> : null}
    </div>
  );
}

function Gaps({ question, answer, change, disabled }: AnswerInputProps) {
  const count = question.gaps ?? 1;
  const texts = Array.from({ length: count }, (_, index) => (Array.isArray(answer) ? answer[index] ?? "" : index === 0 && typeof answer === "string" ? answer : ""));
  const parts = question.question_text.split(/_{3,}/);
  return (
    <p className="quiz-cloze" dir="auto">
      {parts.map((part, index) => (
        <Fragment key={index}>
          {part}
          {index < count && index < parts.length - 1 ? (
            <input
              className="input" autoComplete="off" aria-label={t("quizzes.gap", { number: index + 1 })} value={texts[index] ?? ""} disabled={disabled} data-answer=""
              onChange={(event) => change(texts.map((text, at) => (at === index ? event.target.value : text)))}
            />
          ) : null}
        </Fragment>
      ))}
    </p>
  );
}

function Matching({ question, answer, change, disabled }: AnswerInputProps) {
  const chosen: Record<string, string> = answer !== null && typeof answer === "object" && !Array.isArray(answer) ? answer : {};
  return (
    <ul className="quiz-pairs">
      {(question.prompts ?? []).map(({ id, text }) => (
        <li key={id}>
          <label>
            <span dir="auto">{text}</span>
            <select className="input" value={chosen[id] ?? ""} disabled={disabled} onChange={(event) => change({ ...chosen, [id]: event.target.value })}>
              <option value="">{t("quizzes.choose")}</option>
              {(question.options ?? []).map((option) => <option key={option.id} value={option.id}>{option.text}</option>)}
            </select>
          </label>
        </li>
      ))}
    </ul>
  );
}

function Ordering({ question, answer, change, disabled, labelledBy }: AnswerInputProps) {
  const options = question.options ?? [];
  const order = Array.isArray(answer) && answer.length === options.length ? answer : options.map(({ id }) => id);
  const move = (from: number, to: number) => {
    const next = [...order];
    next.splice(to, 0, ...next.splice(from, 1));
    change(next);
  };
  return (
    <ol className="quiz-order" aria-labelledby={labelledBy}>
      {order.map((id, index) => {
        const text = options.find((option) => option.id === id)?.text ?? "";
        return (
          <li key={id}>
            <span className="quiz-number" aria-hidden="true">{index + 1}</span>
            <span className="grow" dir="auto">{text}</span>
            <button type="button" className="icon-button" disabled={disabled || index === 0} aria-label={t("quizzes.up", { text })} title={t("quizzes.upShort")} onClick={() => move(index, index - 1)}><span className="quiz-up"><Icon name="down" size={18} /></span></button>
            <button type="button" className="icon-button" disabled={disabled || index === order.length - 1} aria-label={t("quizzes.down", { text })} title={t("quizzes.downShort")} onClick={() => move(index, index + 1)}><Icon name="down" size={18} /></button>
          </li>
        );
      })}
    </ol>
  );
}

function toggled(list: readonly string[], value: string): string[] {
  return list.includes(value) ? list.filter((each) => each !== value) : [...list, value];
}
