import { authorizedFetch, call, readAnswer } from "./client";
import type { QuestionFigures, NewQuestion, NewQuiz, Pagination, QuestionChange, Quiz, QuizAttempt, QuizImport, QuizKey, QuizQuestion, QuizResult, QuizSubmission, TopicMastery } from "./generated/schemas";
import { addressOf } from "./routes";

export type { QuestionFigures, NewQuestion, NewQuiz, QuestionChange, Quiz, QuizAttempt, QuizImport, QuizKey, QuizQuestion, QuizResult, QuizSubmission, TopicMastery };
export type QuestionType = QuizQuestion["question_type"];
export type Verdict = QuizResult["verdict"];
export type AttemptMode = QuizAttempt["mode"];
export type QuizCitation = NonNullable<QuizResult["citation"]>;

/** An option's id or a text, a list of them, or one for each prompt. */
export type Answer = string | string[] | Record<string, string>;

export type BankFormat = "gift" | "moodle" | "aiken" | "csv" | "qti";

export const questionTypes: readonly QuestionType[] = ["multiple_choice", "multiple_response", "true_false", "short_answer", "cloze", "matching", "ordering", "numeric"];

export const quizzes = {
  /** @param shared those of others too. */
  list: (page: number, limit: number, course: string | null, signal?: AbortSignal, shared = false): Promise<{ data: Quiz[]; pagination: Pagination }> =>
    call("GET /quizzes", { query: { page, limit, ...(shared ? { shared: "too" as const } : {}), ...(course === null ? {} : { course_id: course }) }, signal }),
  make: (wish: NewQuiz): Promise<Quiz> => call("POST /quizzes", { body: wish }),
  get: (id: string, signal?: AbortSignal): Promise<Quiz> => call("GET /quizzes/{id}", { path: { id }, query: { include: "answers" }, signal }),
  rename: (id: string, title: string): Promise<Quiz> => call("PATCH /quizzes/{id}", { path: { id }, body: { title } }),
  /** Lets everybody who reads its course take it, or no more. */
  giveToCourse: (id: string, given: boolean): Promise<Quiz> => call("PATCH /quizzes/{id}", { path: { id }, body: { for_course: given } }),
  /** Into one's own quizzes and questions. */
  copy: (id: string): Promise<Quiz> => call("POST /quizzes/{id}/copy", { path: { id } }),
  regenerate: (id: string, change: { count?: number; tier?: "standard" | "more" }): Promise<Quiz> => call("POST /quizzes/{id}/regenerate", { path: { id }, body: change }),
  stop: (id: string): Promise<Quiz> => call("POST /quizzes/{id}/stop", { path: { id } }),
  /** Goes on even when the page is being closed. */
  remove: (id: string) => call("DELETE /quizzes/{id}", { path: { id }, keepalive: true }),
  leaveOut: (id: string, question: string) => call("DELETE /quizzes/{id}/questions/{question}", { path: { id, question } }),
  add: (id: string, question: NewQuestion): Promise<Quiz> => call("POST /quizzes/{id}/questions", { path: { id }, body: { question } }),
  exported: async (id: string, format: BankFormat): Promise<Blob> => (await authorizedFetch(addressOf("GET /quizzes/{id}/export", { path: { id }, query: { format } }))).blob(),
  /** Makes a quiz of a file of questions. */
  bring: async (file: File): Promise<QuizImport> => {
    const form = new FormData();
    form.append("file", file);
    return readAnswer(await authorizedFetch("/quizzes/import", { method: "POST", body: form }));
  },
  mastery: async (course: string | null, signal?: AbortSignal): Promise<TopicMastery[]> =>
    (await call("GET /quizzes/statistics", { query: course === null ? {} : { course_id: course }, signal })).topics,
  figures: async (id: string, signal?: AbortSignal): Promise<QuestionFigures[]> => (await call("GET /quizzes/{id}/statistics", { path: { id }, signal })).questions,
};

export const questionBank = {
  list: (page: number, limit: number, search: { q?: string; tag?: string; type?: QuestionType }, signal?: AbortSignal): Promise<{ data: QuizQuestion[]; pagination: Pagination }> =>
    call("GET /quiz-questions", { query: { page, limit, ...search }, signal }),
  tags: async (signal?: AbortSignal) => (await call("GET /quiz-questions/tags", { signal })).tags,
  figures: (id: string, signal?: AbortSignal): Promise<QuestionFigures> => call("GET /quiz-questions/{id}/statistics", { path: { id }, signal }),
  make: (question: NewQuestion): Promise<QuizQuestion> => call("POST /quiz-questions", { body: question }),
  change: (id: string, change: QuestionChange): Promise<QuizQuestion> => call("PATCH /quiz-questions/{id}", { path: { id }, body: change }),
  /** Goes on even when the page is being closed. */
  remove: (id: string) => call("DELETE /quiz-questions/{id}", { path: { id }, keepalive: true }),
};

export const attempts = {
  begin: (quiz: string, start: { mode?: AttemptMode; time_limit?: number; restart?: boolean }): Promise<QuizAttempt> =>
    call("POST /quizzes/{id}/attempts", { path: { id: quiz }, body: start }),
  save: (quiz: string, attempt: string, change: { answers?: Record<string, Answer | null>; flags?: Record<string, boolean>; position?: number }): Promise<QuizAttempt> =>
    call("PATCH /quizzes/{id}/attempts/{attempt}", { path: { id: quiz, attempt }, body: change as never }),
  check: (quiz: string, attempt: string, question: string, answer: Answer | null): Promise<QuizResult> =>
    call("POST /quizzes/{id}/attempts/{attempt}/check", { path: { id: quiz, attempt }, body: { question_id: question, answer } as never }),
  submit: (quiz: string, attempt: string, answers: Record<string, Answer | null>): Promise<QuizSubmission> =>
    call("POST /quizzes/{id}/submissions", { path: { id: quiz }, body: { attempt_id: attempt, answers } as never }),
  submissions: (quiz: string, signal?: AbortSignal): Promise<{ data: QuizAttempt[]; pagination: Pagination }> =>
    call("GET /quizzes/{id}/submissions", { path: { id: quiz }, query: { page: 1, limit: 20 }, signal }),
  submission: (quiz: string, submission: string, signal?: AbortSignal): Promise<QuizSubmission> =>
    call("GET /quizzes/{id}/submissions/{submission}", { path: { id: quiz, submission }, signal }),
  decide: (quiz: string, submission: string, question: string, correct: boolean, remark: string): Promise<QuizResult> =>
    call("POST /quizzes/{id}/submissions/{submission}/answers/{question}", { path: { id: quiz, submission, question }, body: { correct, ...(remark === "" ? {} : { remark }) } }),
  /** Has a language model look at a typed answer again. */
  rejudge: (quiz: string, submission: string, question: string, remark: string): Promise<QuizResult> =>
    call("POST /quizzes/{id}/submissions/{submission}/answers/{question}/judgements", { path: { id: quiz, submission, question }, body: remark === "" ? {} : { remark } }),
};
