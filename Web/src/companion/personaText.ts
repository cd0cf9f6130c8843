import type { Persona } from "../api/companion";
import { t } from "../strings/t";

/** The name of a persona: one that was given and is as it was is named in the language of the page. */
export function personaName(persona: Persona): string {
  if (!persona.is_built_in || persona.is_changed) return persona.name;
  return persona.key === "examiner" ? t("companion.examiner") : persona.key === "coach" ? t("companion.coach") : persona.name;
}

export function personaSummary(persona: Persona): string {
  if (!persona.is_built_in || persona.is_changed) return persona.summary;
  const given: Record<string, string> = { rose: t("companion.aboutRose"), examiner: t("companion.aboutExaminer"), coach: t("companion.aboutCoach") };
  return given[persona.key] ?? persona.summary;
}

/** What a new persona is known by: small letters, digits and hyphens of its name, and none that there is. */
export function personaKey(name: string, taken: readonly string[]): string {
  const plain = name.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 32).replace(/-+$/, "") || "persona";
  let key = plain;
  for (let number = 2; taken.includes(key); number += 1) key = `${plain}-${number}`;
  return key;
}
