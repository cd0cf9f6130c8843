import { FormEvent, useState } from "react";
import { APIError, describe } from "../api/errors";
import { NewQuestion, QuestionType, questionTypes, QuizKey, QuizQuestion } from "../api/quizzes";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Icon } from "../design/Icon";
import { Problem } from "../design/Notice";
import { t } from "../strings/t";
import { blankKey } from "./blankKey";
import { typeText } from "./questionText";

interface QuestionEditorProps {
  /** The one to change; null for a new one. */
  question: QuizQuestion | null;
  save: (question: NewQuestion) => Promise<void>;
  onClose: () => void;
}

/** Writes a question, or changes one: what is asked, what is right, why, and what it is about. */
export function QuestionEditor({ question, save, onClose }: QuestionEditorProps) {
  const [type, setType] = useState<QuestionType>(question?.question_type ?? "multiple_choice");
  const [text, setText] = useState(question?.question_text ?? "");
  const [key, setKey] = useState<QuizKey>(question?.key ?? blankKey("multiple_choice"));
  const [explanation, setExplanation] = useState(question?.explanation ?? "");
  const [topic, setTopic] = useState(question?.topic ?? "");
  const [tags, setTags] = useState((question?.tags ?? []).join(", "));
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const list = tags.split(",").map((tag) => tag.trim()).filter(Boolean);
      await save({ question_text: text, question_type: type, key: kept(type, key, text), explanation, topic, tags: list });
    } catch (error) {
      const first = error instanceof APIError ? Object.values(error.details)[0] : undefined;
      setProblem(error instanceof APIError && error.status === 409 ? t("quizzes.stale") : first === undefined ? describe(error) : t("quizzes.invalid", { reason: first }));
      setBusy(false);
    }
  };
  return (
    <Dialog title={question ? t("quizzes.edit") : t("quizzes.write")} onClose={onClose} sheet>
      <form onSubmit={(event) => void submit(event)}>
        <div className="stack">
          {problem ? <Problem>{problem}</Problem> : null}
          <label className="field">
            <span>{t("quizzes.type")}</span>
            <select
              className="input" value={type}
              onChange={(event) => {
                const next = questionTypes.find((each) => each === event.target.value) ?? type;
                setType(next);
                setKey((now) => ({ ...blankKey(next), ...(now.choices && (next === "multiple_choice" || next === "multiple_response") ? { choices: now.choices } : {}) }));
              }}
            >
              {questionTypes.map((each) => <option key={each} value={each}>{typeText(each)}</option>)}
            </select>
          </label>
          <label className="field">
            <span>{t("quizzes.questionText")}</span>
            <textarea className="input" rows={3} dir="auto" required value={text} data-focus-first="" onChange={(event) => setText(event.target.value)} />
            {type === "cloze" ? <small className="hint">{t("quizzes.gapHint")}</small> : null}
          </label>
          <KeyFields type={type} value={key} text={text} change={setKey} />
          <label className="field"><span>{t("quizzes.explanation")}</span><textarea className="input" rows={2} dir="auto" value={explanation} onChange={(event) => setExplanation(event.target.value)} /></label>
          <div className="quiz-row">
            <Field label={t("quizzes.topicOf")} value={topic} maxLength={200} onChange={(event) => setTopic(event.target.value)} />
            <Field label={t("quizzes.tags")} value={tags} hint={t("quizzes.tagsHint")} onChange={(event) => setTags(event.target.value)} />
          </div>
        </div>
        <footer>
          <button type="button" className="button" onClick={onClose}>{t("quizzes.cancel")}</button>
          <button type="submit" className="button primary" disabled={busy || text.trim() === ""}>{t("quizzes.save")}</button>
        </footer>
      </form>
    </Dialog>
  );
}

/** Only what the type asks for, without lines that were left empty. */
function kept(type: QuestionType, key: QuizKey, text: string): QuizKey {
  const filled = (lines: readonly string[] | null | undefined) => (lines ?? []).filter((line) => line.trim() !== "");
  switch (type) {
    case "multiple_choice": case "multiple_response": return { choices: (key.choices ?? []).filter((choice) => choice.text.trim() !== "") };
    case "true_false": return { is_true: key.is_true ?? true };
    case "short_answer": return { accepted: filled(key.accepted), is_list: key.is_list ?? false, is_open: key.is_open ?? false };
    case "cloze": return { gaps: Array.from({ length: gapsIn(text) }, (_, index) => filled(key.gaps?.[index])) };
    case "matching": return { pairs: (key.pairs ?? []).filter((pair) => pair.prompt.trim() !== ""), extra_answers: filled(key.extra_answers) };
    case "ordering": return { items: filled(key.items) };
    case "numeric": return { number: key.number ?? { value: 0 } };
  }
}

function gapsIn(text: string): number {
  return text.match(/_{3,}/g)?.length ?? 0;
}

function KeyFields({ type, value, text, change }: { type: QuestionType; value: QuizKey; text: string; change: (key: QuizKey) => void }) {
  switch (type) {
    case "multiple_choice": case "multiple_response": {
      const choices = value.choices ?? [];
      const set = (index: number, choice: Partial<(typeof choices)[number]>) => change({
        choices: choices.map((each, at) => (at === index ? { ...each, ...choice } : type === "multiple_choice" && choice.is_correct ? { ...each, is_correct: false } : each)),
      });
      return (
        <fieldset className="quiz-key">
          <legend>{t("quizzes.options")}</legend>
          {choices.map((choice, index) => (
            <div key={index} className="quiz-line-edit">
              <input type={type === "multiple_choice" ? "radio" : "checkbox"} name="right" checked={choice.is_correct} aria-label={t("quizzes.optionRight", { number: index + 1 })} onChange={(event) => set(index, { is_correct: event.target.checked })} />
              <input className="input" dir="auto" aria-label={t("quizzes.option", { number: index + 1 })} value={choice.text} onChange={(event) => set(index, { text: event.target.value })} />
              <button type="button" className="icon-button" disabled={choices.length <= 2} aria-label={t("quizzes.removeOption", { number: index + 1 })} onClick={() => change({ choices: choices.filter((_, at) => at !== index) })}><Icon name="close" size={18} /></button>
            </div>
          ))}
          <button type="button" className="button quiet" disabled={choices.length >= 26} onClick={() => change({ choices: [...choices, { text: "", is_correct: false }] })}><Icon name="plus" size={18} /> {t("quizzes.addOption")}</button>
        </fieldset>
      );
    }
    case "true_false":
      return (
        <fieldset className="quiz-key">
          <legend>{t("quizzes.rightOne")}</legend>
          {[true, false].map((each) => <label key={String(each)} className="quiz-check"><input type="radio" name="truth" checked={(value.is_true ?? true) === each} onChange={() => change({ is_true: each })} /> {each ? t("quizzes.isTrue") : t("quizzes.isFalse")}</label>)}
        </fieldset>
      );
    case "short_answer":
      return (
        <fieldset className="quiz-key">
          <legend>{t("quizzes.accepted")}</legend>
          <Lines label={(number) => t("quizzes.acceptedLine", { number })} lines={value.accepted ?? []} change={(accepted) => change({ ...value, accepted })} />
          <label className="quiz-check"><input type="checkbox" checked={value.is_open ?? false} onChange={(event) => change({ ...value, is_open: event.target.checked })} /> <span>{t("quizzes.openWording")}</span></label>
        </fieldset>
      );
    case "cloze":
      return (
        <fieldset className="quiz-key">
          <legend>{t("quizzes.gaps")}</legend>
          {Array.from({ length: gapsIn(text) }, (_, index) => (
            <Field
              key={index} label={t("quizzes.gap", { number: index + 1 })} hint={t("quizzes.gapAccepts")} value={(value.gaps?.[index] ?? []).join(" | ")}
              onChange={(event) => {
                const gaps = Array.from({ length: gapsIn(text) }, (__, at) => value.gaps?.[at] ?? []);
                gaps[index] = event.target.value.split("|").map((each) => each.trimStart());
                change({ gaps });
              }}
            />
          ))}
        </fieldset>
      );
    case "matching": {
      const pairs = value.pairs ?? [];
      const set = (index: number, pair: Partial<(typeof pairs)[number]>) => change({ ...value, pairs: pairs.map((each, at) => (at === index ? { ...each, ...pair } : each)) });
      return (
        <fieldset className="quiz-key">
          <legend>{t("quizzes.pairs")}</legend>
          {pairs.map((pair, index) => (
            <div key={index} className="quiz-line-edit">
              <input className="input" dir="auto" aria-label={t("quizzes.prompt", { number: index + 1 })} value={pair.prompt} onChange={(event) => set(index, { prompt: event.target.value })} />
              <input className="input" dir="auto" aria-label={t("quizzes.pairAnswer", { number: index + 1 })} value={pair.answer} onChange={(event) => set(index, { answer: event.target.value })} />
            </div>
          ))}
          <button type="button" className="button quiet" onClick={() => change({ ...value, pairs: [...pairs, { prompt: "", answer: "" }] })}><Icon name="plus" size={18} /> {t("quizzes.addPair")}</button>
        </fieldset>
      );
    }
    case "ordering":
      return (
        <fieldset className="quiz-key">
          <legend>{t("quizzes.items")}</legend>
          <Lines label={(number) => t("quizzes.item", { number })} lines={value.items ?? []} change={(items) => change({ items })} />
        </fieldset>
      );
    case "numeric": {
      const number = value.number ?? { value: 0 };
      const set = (each: Partial<typeof number>) => change({ number: { ...number, ...each } });
      return (
        <fieldset className="quiz-key quiz-row">
          <legend className="visually-hidden">{t("quizzes.type_numeric")}</legend>
          <Field label={t("quizzes.value")} type="number" step="any" required value={String(number.value)} onChange={(event) => set({ value: event.target.valueAsNumber || 0 })} />
          <Field label={t("quizzes.unit")} value={number.unit ?? ""} maxLength={40} onChange={(event) => set({ unit: event.target.value })} />
          <Field label={t("quizzes.tolerance")} type="number" step="any" min={0} value={number.tolerance === undefined ? "" : String(number.tolerance)} onChange={(event) => {
            const tolerance = event.target.valueAsNumber;
            const { tolerance: _, ...rest } = number;
            change({ number: Number.isNaN(tolerance) ? rest : { ...rest, tolerance } });
          }} />
        </fieldset>
      );
    }
  }
}

/** Lines of text; one that is written into the last gives another. */
function Lines({ label, lines, change }: { label: (number: number) => string; lines: readonly string[]; change: (lines: string[]) => void }) {
  const shown = lines[lines.length - 1] === "" ? lines : [...lines, ""];
  return (
    <>
      {shown.map((line, index) => (
        <input key={index} className="input" dir="auto" aria-label={label(index + 1)} value={line} onChange={(event) => change(shown.map((each, at) => (at === index ? event.target.value : each)))} />
      ))}
    </>
  );
}
