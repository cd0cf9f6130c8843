import type { Area } from "../frame/Area";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { t } from "../strings/t";
import { applyToNotices, forgetNotices, startNotices, useUnseen } from "./store";

/** What came to an end while the student was at something else. */
export const notificationsArea: Area = {
  name: "notifications",
  routes: [{ pattern: paths.notifications, page: "notifications" }],
  load: () => import("./pages"),
  railItems: [{ label: t("notifications.place"), icon: "bell", to: paths.notifications, pages: ["notifications/notifications"], phone: "more", useCount: useUnseen }],
  palette: { always: () => [{ id: "notifications", group: "go", label: t("notifications.place"), icon: "bell", run: () => navigate(paths.notifications) }] },
  start: startNotices,
  applyEvent: applyToNotices,
  forget: forgetNotices,
};
