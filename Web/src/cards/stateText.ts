import type { Card, CardState } from "../api/cards";
import { t } from "../strings/t";

export function stateText(state: CardState | Card["state"]): string {
  return t(`cards.state_${state}`);
}
