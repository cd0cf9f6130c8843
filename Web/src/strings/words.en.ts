/** Amounts and times, which every part of the app tells. */
const words = {
  bytes: { one: "{count} byte", other: "{count} bytes" },
  seconds: { one: "{count} second", other: "{count} seconds" },
  minutes: { one: "{count} minute", other: "{count} minutes" },
  today: "today",
  yesterday: "yesterday",
} as const;

export default words;
