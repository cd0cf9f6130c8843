import type { Translated } from "../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  status401: "Melde dich neu an, um weiterzumachen.",
  status403: "Das gehört nicht dir.",
  status404: "Das ist nicht mehr da.",
  status413: "Das ist größer, als der Server annimmt.",
  status429: "Zu viele Anfragen. Warte kurz und versuche es noch einmal.",
  status503: "Der Server ist beschäftigt oder startet gerade. Versuche es gleich noch einmal.",
  statusOther: "Der Server hat mit einem Fehler geantwortet ({status}).",
  inTheLog: "{problem} (Anfrage {request})",
  unreachable: "Der Server ist nicht erreichbar. Prüfe, ob Little Monster läuft, und versuche es noch einmal.",
  unreadDocument: "Das Dokument konnte nicht gelesen werden.",
  noHealth: "Der Zustand dieses Servers kann nur auf dem Server selbst erfragt werden.",
};

export default words;
