import { quizzes } from "../api/quizzes";
import { UndoableDeletion } from "../design/UndoableDeletion";

export const quizDeletion = new UndoableDeletion({ remove: (id) => quizzes.remove(id), after: () => undefined });
