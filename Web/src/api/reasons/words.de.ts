import type { Translated } from "../../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  encrypted: "Es ist durch ein Passwort geschützt. Speichere eine Kopie ohne Passwort und lade diese hoch.",
  damaged: "Die Datei ist beschädigt oder unvollständig und lässt sich nicht lesen. Öffne sie auf deinem Rechner, speichere sie neu und versuche es noch einmal.",
  no_text: "Die Seiten sind Bilder, und darauf waren keine Wörter zu erkennen.",
  no_recognition: "Die Seiten sind eingescannt, und dieser Server kann solche noch nicht lesen: Sein Verwalter muss das Paket tesseract-ocr installieren. Versuche es dann noch einmal.",
  too_large: "Entpackt ist es mehr, als gelesen werden kann. Teile es auf und lade die Teile hoch.",
  empty: "Es steht kein Text darin.",
};

export default words;
