import type { Translated } from "../../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  BadRequest: "Der Server versteht das so nicht: {message}",
  ValidationFailed: "Diese Angaben nimmt der Server nicht an: {message}",
  Unauthenticated: "Melde dich neu an, um weiterzumachen.",
  Forbidden: "Das ist dir nicht erlaubt: {message}",
  NotFound: "Das ist nicht mehr da.",
  MethodNotAllowed: "Das geht hier nicht: {message}",
  RequestTimeout: "Das hat zu lange gedauert. Versuche es noch einmal.",
  Conflict: "Das passt nicht zu dem, was schon da ist: {message}",
  PreconditionFailed: "Das hat sich inzwischen geändert. Lade die Seite neu.",
  PayloadTooLarge: "Das ist größer, als der Server annimmt: {message}",
  UnsupportedMediaType: "Diese Art Datei nimmt der Server nicht an: {message}",
  RangeNotSatisfiable: "Diesen Teil der Datei gibt es nicht.",
  Unprocessable: "Das lässt sich nicht verarbeiten: {message}",
  RateLimited: "Zu viele Anfragen. Versuche es in {wait} noch einmal.",
  HeadersTooLarge: "Der Server versteht das so nicht: {message}",
  Cancelled: "Das wurde abgebrochen.",
  InternalError: "Auf dem Server ist etwas schiefgegangen. Die Nummer der Anfrage findet es im Protokoll.",
  NotImplemented: "Das kann der Server nicht: {message}",
  BadGateway: "Ein anderer Dienst hat falsch geantwortet: {message}",
  ServiceUnavailable: "Etwas, das der Server dazu braucht, läuft gerade nicht: {message}",
  HTTPVersionNotSupported: "Der Server versteht das so nicht: {message}",
  InsufficientStorage: "Auf dem Server ist kein Platz mehr: {message}",
};

export default words;
