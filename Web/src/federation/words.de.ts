import type { Translated } from "../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  title: "Du wirst angemeldet",
  failed: "Das hat nicht geklappt",
  busy: "Einen Moment …",
  codeWhy: "Dieses Konto verlangt auch einen Code, auf welchem Weg du auch kommst.",
  linked: "Verknüpft. Du kannst dich von jetzt an damit anmelden.",
  toSignIn: "Zurück zur Anmeldung",
  toSettings: "Zurück zu den Einstellungen",
  denied: "Du hast dort Nein gesagt, oder die Anmeldung war nicht erlaubt. Es hat sich nichts geändert.",
  down: "Der andere Dienst antwortet nicht, wie er soll. Versuch es gleich noch einmal.",
  notBelieved: "Was der andere Dienst geantwortet hat, ist nicht zu glauben; darum wurde niemand angemeldet. Bleibt es dabei, sag es der Verwaltung dieses Servers.",
  lost: "Diese Anmeldung ist hier nicht bekannt: Sie begann in einem anderen Browser oder unter einer anderen Adresse, oder sie dauerte länger als zehn Minuten. Fang noch einmal an.",
  spent: "Diese Anmeldung wurde schon benutzt. Fang noch einmal an.",
  taken: "Es gibt ein Konto mit deiner E-Mail-Adresse. Melde dich mit seinem Passwort an und verknüpfe den anderen Dienst unter Einstellungen, Konto: Ungefragt geschieht das nie.",
  noEmail: "Der andere Dienst nennt keine E-Mail-Adresse von dir; ein Konto braucht eine.",
  unverified: "Der andere Dienst hat nicht geprüft, ob die E-Mail-Adresse dir gehört. Bestätige sie zuerst dort.",
  linkedElsewhere: "Dein Konto dort ist mit einem anderen Konto hier verknüpft.",
  stale: "Der Dienst hat nicht eben erst gefragt, wer du bist. Melde dich dort ab und fang noch einmal an.",
  otherIdentity: "Das ist nicht das Konto, das mit deinem verknüpft ist.",
  unknown: "Mit diesem Dienst meldet dieser Server niemanden an.",
};

export default words;
