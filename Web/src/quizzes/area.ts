import type { Area, Place } from "../frame/Area";
import { openSheet } from "../frame/sheets";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { t } from "../strings/t";
import { NewQuizSheet } from "./NewQuizSheet";
import { quizDeletion } from "./quizDeletion";

/** Made on a course's page, a quiz is about the course; in the reader, about the document. */
function beginning(place: Place | null): string | undefined {
  const course = place?.params["course"];
  if (course !== undefined) return `course=${course}`;
  return place?.area === "viewer" && place.params["id"] !== undefined ? `documents=${place.params["id"]}` : undefined;
}

/** Quizzes: what one knows, and the questions that tell. */
export const quizzesArea: Area = {
  name: "quizzes",
  routes: [
    { pattern: "/quizzes", page: "quizzes" },
    { pattern: "/questions", page: "questions" },
    { pattern: "/quiz/:id", page: "quiz" },
    { pattern: "/quiz/:id/take", page: "take", alone: true },
    { pattern: "/quiz/:id/result/:submission", page: "result" },
  ],
  load: () => import("./pages"),
  railItems: [{
    label: t("quizzes.place"), icon: "quiz", to: paths.quizzes, rail: true, phone: "more",
    pages: ["quizzes/quizzes", "quizzes/quiz", "quizzes/result", "quizzes/questions"],
  }],
  newActions: [{ label: t("quizzes.new"), icon: "quiz", run: (place) => openSheet("new-quiz", beginning(place)) }],
  palette: {
    always: () => [
      { id: "quizzes", group: "go", label: t("quizzes.place"), icon: "quiz", run: () => navigate(paths.quizzes) },
      { id: "questions", group: "go", label: t("quizzes.bank"), icon: "list", run: () => navigate(paths.questions) },
      { id: "new-quiz", group: "do", label: t("quizzes.new"), icon: "plus", run: () => openSheet("new-quiz") },
    ],
  },
  overlays: NewQuizSheet,
  forget: () => quizDeletion.forget(),
};
