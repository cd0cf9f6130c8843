import type { Translated } from "../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  place: "Heute",
  opening: "Dein Tag wird geöffnet",
  tryAgain: "Erneut versuchen",
  night: "Noch wach?",
  nightName: "Noch wach, {name}?",
  morning: "Guten Morgen",
  morningName: "Guten Morgen, {name}",
  day: "Hallo",
  dayName: "Hallo, {name}",
  evening: "Guten Abend",
  eveningName: "Guten Abend, {name}",
  ask: "Was möchtest du verstehen?",
  atWork: "Wird gelesen",
  moreAtWork: { one: "und {count} weiteres", other: "und {count} weitere" },
  continue: "Weiter",
  read: "Gelesen {day}",
  readTo: "Seite {page} · gelesen {day}",
  asked: "Gespräch · {day}",
  exams: "Prüfungen",
  daysLeft: { one: "Tag", other: "Tage" },
  courses: "Kurse",
  noCourses: "Ein Kurs hält seine Dokumente, deine Fragen und die Tage bis zur Prüfung zusammen.",
  lastQuiz: "Letztes Quiz",
  quizOpen: "Angefangen und nicht abgegeben",
  quizNew: "Noch nicht gemacht",
  quizScore: "Zuletzt {score}",
};

export default words;
