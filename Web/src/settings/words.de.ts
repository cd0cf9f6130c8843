import type { Translated } from "../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  place: "Einstellungen",
};

export default words;
