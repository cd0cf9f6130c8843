import type { Translated } from "../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  missing: "Der Beispielkurs gehört nicht zu dieser Installation.",
};

export default words;
