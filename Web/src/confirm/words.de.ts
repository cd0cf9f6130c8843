import type { Translated } from "../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  title: "Bestätige deine Adresse",
  what: "Jemand möchte diese Adresse für ein Konto bei Little Monster benutzen. Wenn du das warst, bestätige sie.",
  do: "Die Adresse bestätigen",
  done: "Bestätigt",
  verified: "{email} gehört dir. Nachrichten gehen dorthin.",
  changed: "Ab jetzt meldest du dich mit {email} an, und Nachrichten gehen dorthin.",
  noToken: "Dieser Link ist nicht vollständig. Kopiere ihn ganz in die Adresse.",
  spent: "Dieser Link wurde schon benutzt, oder er ist zu alt. Fordere in den Einstellungen einen neuen an.",
  signUp: "Lege dein Konto an",
  signUpWhat: "Diese Adresse gehört dir. Gib das Passwort ein, das du gewählt hast, und dein Konto ist da.",
  password: "Passwort",
  make: "Das Konto anlegen",
  otherPassword: "Das ist nicht das Passwort, das du für dieses Konto gewählt hast. Wenn du es nicht mehr weißt, registriere dich noch einmal.",
  signUpSpent: "Dieser Link wurde schon benutzt, oder er ist zu alt. Melde dich an, oder registriere dich noch einmal.",
  home: "Zur ersten Seite",
  first: "Noch ein Schritt",
  firstWhat: "An {email} ging ein Link. Folge ihm, damit klar ist, dass die Adresse dir gehört; dann ist hier alles offen. Sieh auch im Ordner für Spam nach.",
  have: "Ich bin ihm gefolgt",
  signOut: "Abmelden",
};

export default words;
