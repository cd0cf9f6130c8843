import type { Translated } from "../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  place: "Verwaltung",
  sections: "Abschnitte",
  people: "Personen",
  health: "Zustand",
  tryAgain: "Erneut versuchen",
  reading: "Die Liste der Personen wird gelesen",
  noPeople: "Dieser Server führt seine Personen nicht auf.",
  count: { one: "{count} Konto", other: "{count} Konten" },
  administrator: "Verwalter",
  since: "seit {day}",
  seen: "zuletzt hier {day}",
  reset: "Neues Passwort",
  resetOf: "{name} ein neues Passwort geben",
  resetTitle: "Ein neues Passwort für {name}",
  resetWhat: "Du bekommst einen Link zum Weitergeben, der einmal und eine Stunde lang gilt. Das alte Passwort gilt sofort nicht mehr, und alle Geräte werden abgemeldet.",
  resetDone: "Gib diesen Link {name}. Er gilt bis {time} und wird nur jetzt gezeigt.",
  role: "Rolle",
  roleOf: "Was {name} darf",
  becomesAdministrator: "{name} nimmt als Student teil. Wer verwaltet, sieht, wer ein Konto hat, und gibt Links zu neuen Passwörtern aus, sieht aber niemandes Dokumente.",
  becomesStudent: "{name} verwaltet diesen Server. Als Student sieht {name} diese Seite nicht mehr und wird auf allen Geräten abgemeldet.",
  makeAdministrator: "Zum Verwalter machen",
  makeStudent: "Zum Studenten machen",
  copy: "Kopieren",
  cancel: "Abbrechen",
  done: "Fertig",
  probing: "Alle Teile werden gefragt",
  allWell: "Alle Teile arbeiten.",
  notWell: "Nicht jeder Teil arbeitet.",
  works: "arbeitet",
  broken: "arbeitet nicht",
  lookAgain: "Erneut nachsehen",
};

export default words;
