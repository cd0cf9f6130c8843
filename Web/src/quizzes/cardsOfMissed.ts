import type { CardOfMany } from "../api/cards";
import type { QuizQuestion, QuizResult } from "../api/quizzes";
import { answerText, optionText } from "./questionText";

/** What was missed as cards: the question with its choices, the right answer with why, and where it stands. Of one question there is one card. */
export function cardsOfMissed(missed: readonly { question: QuizQuestion; result: QuizResult }[]): CardOfMany[] {
  return missed.map(({ question, result }) => {
    const { citation } = result;
    const choices = question.question_type === "multiple_choice" || question.question_type === "multiple_response"
      ? (question.options ?? []).map(({ id, text }) => `- ${optionText(question, id, text)}`) : [];
    const why = result.explanation === citation?.quote ? "" : result.explanation;
    return {
      key: `question:${question.id}`,
      front: [question.question_text, choices.join("\n")].filter((part) => part !== "").join("\n\n"),
      back: [answerText(question, result.correct_answer), why].filter((part) => part !== "").join("\n\n"),
      tags: question.tags.slice(0, 10),
      ...(citation ? {
        source: {
          document_id: citation.document_id, chunk_id: citation.chunk_id, quote: citation.quote.slice(0, 5000), title: citation.title,
          ...(citation.page ? { page: citation.page } : {}),
        },
      } : {}),
    };
  });
}
