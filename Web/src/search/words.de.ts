import type { Translated } from "../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  place: "Suche",
  course: "Kurs",
  allCourses: "Alle Kurse",
  nothing: "Nichts wurde gefunden. Versuche andere Wörter, oder suche nach Bedeutung.",
  nothingClose: "Nichts in deinen Dokumenten kommt dem nahe. Versuche andere Wörter oder eine kürzere Frage.",
  alike: { one: "Eine weitere Stelle sagt fast dasselbe.", other: "{count} weitere Stellen sagen fast dasselbe." },
};

export default words;
