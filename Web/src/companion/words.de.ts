import type { Translated } from "../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  place: "Sprechen",
  begin: "Mit der Lernbegleitung sprechen",
  persona: "Wer spricht",
  connecting: "Wird verbunden",
  listening: "Hört zu",
  thinking: "Denkt nach",
  speaking: "Spricht",
  muted: "Stumm",
  lost: "Die Verbindung ist abgebrochen",
  captions: "Untertitel",
  write: "Stattdessen schreiben",
  greeting: "Hallo, ich bin {name}, deine Lernbegleitung. Frag mich etwas zu deinen Dokumenten, oder erzähl, wie es läuft.",
  noRecognition: "Zuhören geht hier gerade nicht. Schreib stattdessen, und hör die Antwort.",
  noSpeech: "Die Sprachausgabe ist gerade nicht da; die Antwort kommt als Text.",
  send: "Senden",
  mute: "Stumm schalten",
  unmute: "Wieder zuhören",
  interrupt: "Unterbrechen",
  end: "Beenden",
  tryAgain: "Noch einmal versuchen",
  noMicrophone: "Das Mikrofon kann nicht benutzt werden; schreib stattdessen, und höre die Antwort.",
  drawing: "Die Zeichnung zu „{said}“",
};

export default words;
