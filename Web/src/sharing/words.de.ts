import type { Translated } from "../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  shareDocument: "Dieses Dokument teilen",
  shareCourse: "Diesen Kurs teilen",
  shareQuiz: "Dieses Quiz teilen",
  email: "E-Mail-Adresse eines Kontos hier",
  documentMeans: "Sie können es lesen, durchsuchen und befragen. Sie können es nicht ändern und nicht weitergeben.",
  courseMeans: "Sie können alle seine Dokumente lesen, durchsuchen und befragen, auch künftige. Sie können sie nicht ändern und nicht weitergeben.",
  quizMeans: "Sie können es machen und kopieren. Sie können es nicht ändern und nicht weitergeben, und du erfährst nicht, was sie antworten.",
  forCourse: "Alle, die {course} lesen, können es machen",
  share: "Teilen",
  people: "Wer es lesen kann",
  takers: "Wer es machen kann",
  reading: "Es wird nachgesehen, wer es lesen kann",
  nobody: "Bisher niemand außer dir.",
  end: "Entfernen",
  endFor: "{name} entfernen",
  added: "{name} kann es jetzt lesen.",
  ended: "{name} kann es nicht mehr lesen.",
  addedQuiz: "{name} kann es jetzt machen.",
  endedQuiz: "{name} kann es nicht mehr machen.",
  unknown: "Hier hat niemand ein Konto mit dieser Adresse.",
  yourself: "Das ist deine eigene Adresse.",
  noAddress: "Gib eine E-Mail-Adresse ein, etwa anna@example.org.",
  began: "{owner} teilt „{title}“ mit dir.",
};

export default words;
