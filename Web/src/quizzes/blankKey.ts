import type { QuestionType, QuizKey } from "../api/quizzes";

/** What a new question of a type begins with. */
export function blankKey(type: QuestionType): QuizKey {
  switch (type) {
    case "multiple_choice": case "multiple_response": return { choices: [0, 1, 2, 3].map((index) => ({ text: "", is_correct: index === 0 })) };
    case "true_false": return { is_true: true };
    case "short_answer": return { accepted: [""] };
    case "cloze": return { gaps: [] };
    case "matching": return { pairs: [0, 1, 2].map(() => ({ prompt: "", answer: "" })) };
    case "ordering": return { items: ["", "", ""] };
    case "numeric": return { number: { value: 0 } };
  }
}
