import type { Translated } from "../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  place: "Einstellungen",
  sections: "Abschnitte der Einstellungen",
  account: "Konto",
  appearance: "Aussehen",
  devices: "Geräte",
  data: "Daten",
  language: "Sprache",
  likeBrowser: "Wie der Browser",
  otherTheme: "Zwischen hell und dunkel wechseln",
};

export default words;
