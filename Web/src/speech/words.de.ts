import type { Translated } from "../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  listen: "Vorlesen",
  preparing: "Vorlesen wird vorbereitet",
  pause: "Vorlesen anhalten",
  resume: "Weiter vorlesen",
  end: "Vorlesen beenden",
  faster: "Tempo {speed}×",
  notSpoken: "Es kann nicht vorgelesen werden: {problem}",
  dictate: "Diktieren",
  finishDictating: "Diktat beenden",
  writingDown: "Das Gesagte wird aufgeschrieben",
  nothingHeard: "Es war nichts zu hören. Ist das richtige Mikrofon gewählt?",
  noMicrophone: "Das Mikrofon lässt sich nicht benutzen. In den Einstellungen des Browsers für diese Seite wird es erlaubt.",
  notWritten: "Es wurde nicht aufgeschrieben: {problem}",
};

export default words;
