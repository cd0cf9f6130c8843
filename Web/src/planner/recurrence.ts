/** How an event comes again, as the form knows it. */
export interface Repetition {
  every: "never" | "day" | "weekday" | "week" | "fortnight" | "month" | "year" | "custom";
  /** Days of the week, 1 for Monday to 7 for Sunday; for weeks. */
  days: readonly number[];
  /** The last day on which it comes; empty where it never ends. */
  until: string;
  /** The rule as it is, where the form has no words for it. */
  rule: string;
}

export const once: Repetition = { every: "never", days: [], until: "", rule: "" };

const codes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const working = "MO,TU,WE,TH,FR";

/** What the form shows of a rule of iCalendar. */
export function repetitionOf(rule: string | null | undefined): Repetition {
  if (!rule) return once;
  const parts = new Map(rule.split(";").map((part) => part.split("=", 2) as [string, string]));
  const custom: Repetition = { ...once, every: "custom", rule };
  const until = untilOf(parts.get("UNTIL"));
  const known = new Set(["FREQ", "INTERVAL", "BYDAY", "UNTIL", "WKST"]);
  if (until === null || [...parts.keys()].some((key) => !known.has(key))) return custom;
  const [frequency, interval, byday] = [parts.get("FREQ"), parts.get("INTERVAL") ?? "1", parts.get("BYDAY")];
  const days = (byday ?? "").split(",").filter(Boolean).map((code) => codes.indexOf(code) + 1);
  if (days.includes(0)) return custom;
  const plain = byday === undefined && interval === "1";
  if (frequency === "WEEKLY" && interval === "1" && byday === working) return { ...once, every: "weekday", until };
  if (frequency === "WEEKLY" && (interval === "1" || interval === "2")) return { ...once, every: interval === "1" ? "week" : "fortnight", days, until };
  if (frequency === "DAILY" && plain) return { ...once, every: "day", until };
  if (frequency === "MONTHLY" && plain) return { ...once, every: "month", until };
  if (frequency === "YEARLY" && plain) return { ...once, every: "year", until };
  return custom;
}

/** The rule that the form says; null where the event comes once. */
export function ruleOf({ every, days, until, rule }: Repetition): string | null {
  const end = until === "" ? "" : `;UNTIL=${until.replaceAll("-", "")}`;
  const on = days.length === 0 ? "" : `;BYDAY=${[...days].sort().map((day) => codes[day - 1]).join(",")}`;
  switch (every) {
    case "never": return null;
    case "day": return `FREQ=DAILY${end}`;
    case "weekday": return `FREQ=WEEKLY;BYDAY=${working}${end}`;
    case "week": return `FREQ=WEEKLY${on}${end}`;
    case "fortnight": return `FREQ=WEEKLY;INTERVAL=2${on}${end}`;
    case "month": return `FREQ=MONTHLY${end}`;
    case "year": return `FREQ=YEARLY${end}`;
    case "custom": return rule.trim() === "" ? null : rule.trim();
  }
}

/** Null for an end that a field for days cannot show. */
function untilOf(text: string | undefined): string | null {
  if (text === undefined) return "";
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  return match ? `${match[1]}-${match[2]}-${match[3]}` : null;
}
