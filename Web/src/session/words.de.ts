import type { Translated } from "../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  starting: "Wird gestartet",
  tryAgain: "Noch einmal versuchen",
  about: "Über Little Monster",
  claim: "Frag deine eigenen Vorlesungen.",
  bring: "Bring Vorlesungen, Folien und Aufsätze mit.",
  ask: "Frag mit deinen eigenen Worten.",
  shows: "Jede Antwort zeigt ihre <mark>Quelle</mark>, auf der Seite.",
  stays: "Alles bleibt auf diesem Server.",
  welcome: "Willkommen",
  firstLead: "Lege das erste Konto an. Es gehört dem Verwalter.",
  makeAccount: "Ein Konto anlegen",
  registerLead: "Deine Bibliothek und deine Gespräche gehören nur dir.",
  make: "Konto anlegen",
  signIn: "Anmelden",
  signInLead: "Mach weiter, wo du aufgehört hast.",
  ended: "Deine Sitzung ist zu Ende. Melde dich an und mach weiter, wo du aufgehört hast.",
  name: "Name",
  email: "E-Mail",
  password: "Passwort",
  passwordHint: "Mindestens 10 Zeichen. Ein paar Wörter merkt man sich leicht.",
  busy: "Einen Moment …",
  newHere: "Neu hier? <link>Ein Konto anlegen</link>",
  haveAccount: "Du hast ein Konto? <link>Anmelden</link>",
  notRight: "Die E-Mail-Adresse oder das Passwort stimmt nicht.",
  code: "Einmalcode",
  codeHint: "Aus deiner Authenticator-App, oder einer deiner Wiederherstellungscodes.",
  codeNotRight: "Der Code stimmt nicht.",
  forgot: "Passwort vergessen?",
  fault: "Der Server sagt dazu: {reason}.",
};

export default words;
