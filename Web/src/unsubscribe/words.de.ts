import type { Translated } from "../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  title: "Keine Erinnerungen per Mail mehr?",
  what: "Little Monster schickt dir dann keine Erinnerungen mehr per Mail. Die in der App und in deinen Browsern bleiben, wie sie sind.",
  do: "Keine Mails mehr",
  done: "Das war die letzte",
  doneWhat: "Du bekommst keine Erinnerungen mehr per Mail. In den Einstellungen kannst du sie wieder einschalten.",
  settings: "Einstellungen der Mitteilungen",
  noToken: "Dieser Link ist nicht vollständig, oder das Konto gibt es nicht mehr. Kopiere ihn ganz in die Adresse.",
};

export default words;
