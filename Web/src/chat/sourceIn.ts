/** The number of the source that led here, as the history entry remembers it. */
export function sourceIn(state: unknown): number | null {
  if (typeof state !== "object" || state === null) return null;
  const number = (state as Record<string, unknown>)["source"];
  return typeof number === "number" ? number : null;
}
