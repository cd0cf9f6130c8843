import type { Translated } from "../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  title: "Ein neues Passwort wählen",
  password: "Neues Passwort",
  hint: "Mindestens 10 Zeichen. Ein paar Wörter merken sich leicht.",
  save: "Speichern und anmelden",
  noToken: "Dieser Link ist nicht vollständig. Kopiere ihn ganz in die Adresse.",
  spent: "Dieser Link wurde schon benutzt, oder er ist zu alt. Bitte den Verwalter um einen neuen.",
  leave: "Zur ersten Seite",
};

export default words;
