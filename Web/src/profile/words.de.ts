import type { Translated } from "../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  place: "Profil",
  since: "Hier seit {day}",
  reading: "Dein Profil wird gelesen",
  tryAgain: "Erneut versuchen",
  account: "E-Mail, Passwort und Geräte",
  about: "Über dich",
  name: "Dein Name",
  colour: "Farbe",
  subjects: "Fächer",
  subjectsHint: "Was du lernst, durch Kommas getrennt.",
  save: "Profil speichern",
  saved: "Dein Profil wurde gespeichert.",
  figures: "Was du getan hast",
  streak: "In Folge",
  days: { one: "{count} Tag", other: "{count} Tage" },
  studyTime: "Gelernt",
  minutes: { one: "{count} Minute", other: "{count} Minuten" },
  hours: "{hours} Std. {minutes} Min.",
  documents: "Dokumente",
  questions: "Gestellte Fragen",
  quizzes: "Gemachte Quizze",
  cards: "Karten",
  reviews: "Beantwortete Karten",
};

export default words;
