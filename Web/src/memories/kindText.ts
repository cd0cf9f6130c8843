import type { MemoryKind } from "../api/memories";
import { t } from "../strings/t";

const texts: Record<MemoryKind, string> = {
  preference: t("memories.preferences"), goal: t("memories.goals"), fact: t("memories.facts"), weak_topic: t("memories.weakTopics"), feeling: t("memories.feelings"),
};

/** What memories of a kind are called together. */
export function kindText(kind: MemoryKind): string {
  return texts[kind];
}
