import type { Translated } from "./message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  bytes: { one: "{count} Byte", other: "{count} Bytes" },
  seconds: { one: "{count} Sekunde", other: "{count} Sekunden" },
  minutes: { one: "{count} Minute", other: "{count} Minuten" },
  today: "heute",
  yesterday: "gestern",
};

export default words;
