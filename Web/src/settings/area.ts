import type { Area } from "../frame/Area";
import { paths } from "../routing/paths";
import { t } from "../strings/t";

/** The account, the look, and the ways out. */
export const settingsArea: Area = {
  name: "settings",
  routes: [{ pattern: "/settings", page: "settings" }],
  load: () => import("./pages"),
  railItem: { label: t("settings.place"), icon: "settings", to: paths.settings, pages: ["settings/settings"] },
  forget: () => undefined,
};
