import { keepText, keptText } from "../state/kept";
import { Store } from "../state/store";

const key = "little-monster-voice";

/** The voice that reads aloud in this browser, where a text is in its language; null for the best there is. */
export const chosenVoice = new Store<string | null>(keptText(key));

export function chooseVoice(id: string | null): void {
  keepText(key, id);
  chosenVoice.set(id);
}
