import type { Translated } from "../../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  database: "Datenbank",
  storage: "Dateien",
  embeddings: "Suche nach dem Sinn",
  model: "Sprachmodell",
  sandbox: "Schutzraum",
  speech: "Sprache",
  pictures: "Bilder",
  push: "Mitteilungen an Browser",
  transcription: "Niederschrift",
  collector: "Sammler der Spuren",
  event_webhook: "Adresse, der Ereignisse gemeldet werden",
  learning_records: "Lernnachweise",
  backups: "Sicherungen",
};

export default words;
