import { forgetRecents, startRecents } from "../frame/recents";
import type { Area } from "../frame/Area";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { t } from "../strings/t";

/** Where a day of studying begins. */
export const todayArea: Area = {
  name: "today",
  routes: [{ pattern: "/", page: "today" }],
  redirects: paths.entries.map((pattern) => ({ pattern, to: () => paths.home })),
  load: () => import("./pages"),
  railItems: [{ label: t("today.place"), icon: "today", to: paths.home, pages: ["today/today"], rail: true, phone: "bar" }],
  palette: { always: () => [{ id: "today", group: "go", label: t("today.place"), icon: "today", run: () => navigate(paths.home) }] },
  start: startRecents,
  forget: forgetRecents,
};
