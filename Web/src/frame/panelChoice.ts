import { keepText, keptList } from "../state/kept";
import { Store } from "../state/store";

const key = "little-monster-panels-away";
const isText = (value: unknown): value is string => typeof value === "string";

/** Kinds of panels that the student does not want to stand beside the page unasked. */
export const panelsPutAway = new Store<ReadonlySet<string>>(new Set(keptList(key, isText)));

export function putPanelAway(kind: string): void {
  change((kinds) => kinds.add(kind));
}

export function bringPanelBack(kind: string): void {
  change((kinds) => kinds.delete(kind));
}

function change(action: (kinds: Set<string>) => void): void {
  const kinds = new Set(panelsPutAway.get());
  action(kinds);
  panelsPutAway.set(kinds);
  keepText(key, kinds.size === 0 ? null : JSON.stringify([...kinds]));
}
