import type { Translated } from "../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  place: "Suche",
  course: "Kurs",
  allCourses: "Alle Kurse",
  nothing: "Nichts wurde gefunden. Versuche andere Wörter, oder suche nach Bedeutung.",
  nothingClose: "Nichts in deinen Dokumenten kommt dem nahe. Versuche andere Wörter oder eine kürzere Frage.",
  alike: { one: "Eine weitere Stelle sagt fast dasselbe.", other: "{count} weitere Stellen sagen fast dasselbe." },
  hybrid: "Beides zusammen",
  vector: "Nach dem Sinn",
  keyword: "Nach Wörtern",
  box: "Deine Dokumente durchsuchen",
  example: "Ein Wort, ein Satz oder eine Frage",
  how: "Wie gesucht wird",
  tryAgain: "Noch einmal versuchen",
  searching: "Es wird gesucht",
  hint: "Gefunden wird nach Wörtern und nach dem Sinn: Eine Frage taugt so gut wie ein Begriff, in all deinen Dokumenten.",
  passages: "Fundstellen",
  found: { one: "{count} Fundstelle", other: "{count} Fundstellen" },
};

export default words;
