import type { Translated } from "../../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  database: "Datenbank",
  storage: "Dateien",
  embeddings: "Suche nach dem Sinn",
  model: "Sprachmodell",
  sandbox: "Schutzraum",
};

export default words;
