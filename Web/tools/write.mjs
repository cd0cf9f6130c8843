import { readFileSync, writeFileSync } from "node:fs";

/** Writes a file that is made from others; one that is right already keeps its time. */
export function writeChanged(file, text) {
  let before = null;
  try {
    before = readFileSync(file, "utf8");
  } catch {
    // It is not there yet.
  }
  if (before !== text) writeFileSync(file, text);
}
