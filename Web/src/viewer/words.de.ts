import type { Translated } from "../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  document: "Dokument",
};

export default words;
