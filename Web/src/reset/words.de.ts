import type { Translated } from "../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  title: "Ein neues Passwort wählen",
  password: "Neues Passwort",
  hint: "Mindestens 10 Zeichen. Ein paar Wörter merken sich leicht.",
  save: "Speichern und anmelden",
  noToken: "Dieser Link ist nicht vollständig. Kopiere ihn ganz in die Adresse.",
  spent: "Dieser Link wurde schon benutzt, oder er ist zu alt. Fordere einen neuen an.",
  forgot: "Passwort vergessen?",
  forgotHint: "Die, mit der du dich anmeldest.",
  send: "Schick mir einen Link",
  sent: "Wenn es ein Konto mit {email} gibt, ist ein Link für ein neues Passwort unterwegs. Er gilt eine Stunde. Sieh auch im Ordner für Spam nach.",
  email: "E-Mail",
  leave: "Zur ersten Seite",
};

export default words;
