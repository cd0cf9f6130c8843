import type { Translated } from "../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  examOver: "Prüfung vorbei",
  examToday: "Prüfung heute",
  examTomorrow: "Prüfung morgen",
  examIn: { one: "Prüfung in {count} Tag", other: "Prüfung in {count} Tagen" },
  examTodayShort: "heute",
  days: "{days} T",
  name: "Name",
  nameExample: "Zum Beispiel Zellbiologie",
  colour: "Farbe",
  blue: "Blau",
  green: "Grün",
  purple: "Lila",
  orange: "Orange",
  teal: "Petrol",
  pink: "Rosa",
  red: "Rot",
  yellow: "Gelb",
  brown: "Braun",
  grey: "Grau",
  exam: "Tag der Prüfung",
  examHint: "Die verbleibenden Tage werden angezeigt.",
  term: "Semester",
  termExample: "Winter 2026/27",
  cancel: "Abbrechen",
  save: "Speichern",
  make: "Kurs anlegen",
  choose: "Kurs",
  none: "Kein Kurs",
  all: "Alle Dokumente",
};

export default words;
