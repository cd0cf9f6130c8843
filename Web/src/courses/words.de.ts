import type { Translated } from "../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  place: "Kurse",
  one: "Kurs",
  all: "Alle Kurse",
  new: "Neuer Kurs",
  change: "Kurs ändern",
  add: "Dokumente hinzufügen",
  tryAgain: "Erneut versuchen",
  reading: "Deine Kurse werden gelesen",
  noneTitle: "Ein Ort für jeden Kurs",
  none: "Ein Kurs hält seine Vorlesungen, deine Fragen und die Tage bis zur Prüfung zusammen.",
  archived: "Weggelegt",
  archive: "Weglegen",
  unarchive: "Zurückholen",
  archivedNow: "„{name}“ wurde weggelegt.",
  delete: "Kurs löschen",
  deleted: "„{name}“ wurde gelöscht. Seine Dokumente sind in der Bibliothek.",
  actionsFor: "Aktionen für {name}",
  documents: { one: "{count} Dokument", other: "{count} Dokumente" },
  talks: { one: "{count} Gespräch", other: "{count} Gespräche" },
  tabs: "Teile des Kurses",
  overview: "Überblick",
  sources: "Quellen",
  talksTab: "Gespräche",
  allSources: "Alle Quellen",
  allTalks: "Alle Gespräche",
  ask: "Frage zu {name}",
  failed: "Konnte nicht gelesen werden",
  noSourcesTitle: "Bring die Dokumente dieses Kurses",
  noSources: "Lege Vorlesungen, Folien und Aufsätze hier ab, oder verschiebe welche aus der Bibliothek: dort auswählen, dann Verschieben.",
  fromLibrary: "Bibliothek öffnen",
  goneTitle: "Dieser Kurs ist nicht hier",
  gone: "Er wurde gelöscht, oder er gehört jemand anderem.",
};

export default words;
