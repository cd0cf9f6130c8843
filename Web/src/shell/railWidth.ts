import { keepText, keptText } from "../state/kept";
import { Store } from "../state/store";

const key = "little-monster-rail";

/** Whether the rail shows signs only. */
export const railIsNarrow = new Store(keptText(key) === "narrow");

export function toggleRail(): void {
  railIsNarrow.set((narrow) => !narrow);
  keepText(key, railIsNarrow.get() ? "narrow" : null);
}
