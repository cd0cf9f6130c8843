import type { Translated } from "../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  notFound: "Nicht gefunden",
  noPage: "Diese Seite gibt es nicht",
  noPageWhy: "Vielleicht ist die Adresse falsch geschrieben, oder was dort war, wurde gelöscht.",
  goHome: "Zur ersten Seite",
  sharedBy: "Geteilt von {name}",
  sharedWith: { one: "Geteilt mit {count} Person", other: "Geteilt mit {count} Personen" },
};

export default words;
