import type { Translated } from "../../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  files: "Dateien werden gesichert",
  database: "Die Datenbank wird kopiert",
  writing: "Die Kopie wird gesichert",
  tidying: "Alte Sicherungen werden entfernt",
};

export default words;
