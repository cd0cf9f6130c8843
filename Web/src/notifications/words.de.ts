import type { Translated } from "../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  place: "Mitteilungen",
  reading: "Deine Mitteilungen werden gelesen",
  tryAgain: "Erneut versuchen",
  noneTitle: "Nichts Neues",
  none: "Wenn ein Dokument bereit ist oder nicht gelesen werden konnte, steht es hier.",
  ready: "Kann gelesen und gefragt werden",
  new: "Neu",
  retry: "Wiederholen",
  retryOne: "{title} erneut versuchen",
  again: "„{title}“ wird erneut gelesen.",
};

export default words;
