import type { QuestionType, Quiz, QuizQuestion, QuizResult } from "../api/quizzes";
import { messageFor, t } from "../strings/t";

export function typeText(type: QuestionType): string {
  return t(`quizzes.type_${type}`);
}

/** Why an answer was judged so; empty where that goes without saying. */
export function reasonText({ reason, verdict }: Pick<QuizResult, "reason" | "verdict">): string {
  if (verdict === "right" && (reason === "exact" || reason === "normalised" || reason === "number")) return "";
  const message = messageFor("quizzes", `reason_${reason}`);
  return typeof message === "string" ? message : "";
}

/** Why sentences were held back, or a note of why there are few questions. */
export function droppedText(reason: string): string {
  const message = messageFor("quizzes", `dropped_${reason}`);
  return typeof message === "string" ? message : reason.replaceAll("_", " ");
}

export function noteText(note: string): string | null {
  const message = messageFor("quizzes", `note_${note}`);
  return typeof message === "string" ? message : null;
}

export function problemText(quiz: Quiz): string | null {
  return quiz.problem === undefined ? null : t(`quizzes.problem_${quiz.problem}`);
}

/** An answer in words: what the ids of options stand for. */
export function answerText(question: QuizQuestion, answer: unknown): string {
  const options = new Map((question.options ?? []).map(({ id, text }) => [id, optionText(question, id, text)]));
  const word = (value: unknown) => options.get(String(value)) ?? String(value);
  if (answer === undefined || answer === null || answer === "") return t("quizzes.noAnswer");
  if (Array.isArray(answer)) return answer.length === 0 ? t("quizzes.noAnswer") : answer.map(word).join(question.question_type === "ordering" ? " → " : "; ");
  if (typeof answer === "object") {
    return (question.prompts ?? []).map(({ id, text }) => `${text} – ${word((answer as Record<string, unknown>)[id] ?? "…")}`).join("; ");
  }
  return word(answer);
}

/** The server's words for true and false are English. */
export function optionText(question: Pick<QuizQuestion, "question_type">, id: string, text: string): string {
  if (question.question_type !== "true_false") return text;
  return id === "true" ? t("quizzes.isTrue") : t("quizzes.isFalse");
}

/** A number of points: 1, or 0.67. */
export function pointsText(points: number): string {
  return String(Math.round(points * 100) / 100);
}
