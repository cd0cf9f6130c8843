import type { Answer, QuizQuestion } from "../api/quizzes";

/** What a key makes of the answer: `1` or `a` is the first option. Undefined where it chooses nothing. */
export function chosenBy(key: string, question: Pick<QuizQuestion, "question_type" | "options">, answer: Answer | null): Answer | undefined {
  const { question_type: type, options = [] } = question;
  if (type !== "multiple_choice" && type !== "multiple_response" && type !== "true_false") return undefined;
  const letter = /^[a-z]$/i.test(key) ? key.toLowerCase().charCodeAt(0) - 97 : /^[1-9]$/.test(key) ? Number(key) - 1 : -1;
  const option = options[letter];
  if (!option) return undefined;
  if (type !== "multiple_response") return option.id;
  const chosen = Array.isArray(answer) ? answer : [];
  return chosen.includes(option.id) ? chosen.filter((id) => id !== option.id) : [...chosen, option.id];
}
