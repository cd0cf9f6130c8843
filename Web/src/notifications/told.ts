import type { LiveEvent } from "../events/liveEvents";
import { showToast } from "../design/toastStore";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { dayText, timeText } from "../strings/days";
import { t } from "../strings/t";

type Told = Extract<LiveEvent, { type: "notification.told" }>["payload"];

/** Shows what the student wanted to be told of in the app. */
export function showTold(notice: Told): void {
  const text = notice.is_late ? t("notifications.toldLate", { text: textOf(notice) }) : textOf(notice);
  const to = placeOf(notice.kind);
  showToast(text, { life: 20_000, action: { label: t("notifications.toldOpen"), run: () => navigate(to) } });
}

function placeOf(kind: Told["kind"]): string {
  switch (kind) {
    case "cards": return paths.review();
    case "devices": return paths.settings("devices");
    case "security": return paths.settings();
    case "watch": return paths.admin("audit");
    default: return paths.planner();
  }
}

function textOf({ kind, title, start_date: start, is_all_day: allDay, is_deadline: deadline, count }: Told): string {
  if (kind === "cards") return t("notifications.toldCards", { count: count ?? 0 });
  if (kind === "devices") return t("notifications.toldDevice", { name: title });
  if (kind === "security" || kind === "watch") {
    const what = t(anomalies[title] ?? "notifications.oddOther");
    return kind === "security" ? t("notifications.toldSecurity", { what }) : t("notifications.toldWatch", { what });
  }
  if (kind === "test" || start === undefined) return title === "" ? t("notifications.toldTest") : title;
  const time = allDay ? nearDay(start) : `${nearDay(start)}, ${timeText(start)}`;
  if (kind === "study_blocks") return t("notifications.toldStudy", { title, time });
  return deadline ? t("notifications.toldDue", { title, time }) : t("notifications.toldEvent", { title, time });
}

const anomalies: Record<string, "notifications.oddFailures" | "notifications.oddToken" | "notifications.oddDownload"> = {
  "anomaly.sign_in_failures": "notifications.oddFailures",
  "anomaly.token_reused": "notifications.oddToken",
  "anomaly.mass_download": "notifications.oddDownload",
};

function nearDay(time: string): string {
  const tomorrow = new Date();
  tomorrow.setDate(tomorrow.getDate() + 1);
  return new Date(time).toDateString() === tomorrow.toDateString() ? t("notifications.tomorrow") : dayText(time);
}
