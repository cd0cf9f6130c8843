import { writeAPITypes } from "./api-types.mjs";
import { joinWords } from "./words.mjs";

/**
 * Makes the sources that follow from others: the table of words and the types of the API. They are not kept in the
 * repository: whatever is built from the same sources is the same, and nobody can forget to renew them or edit them by hand.
 */
export function generateSources() {
  joinWords();
  writeAPITypes();
}
