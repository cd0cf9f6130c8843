import type { Area } from "../frame/Area";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { chooseTheme } from "../design/theme";
import { closeSheet } from "../frame/sheets";
import { t } from "../strings/t";

/** The account, the look, and the ways out. */
export const settingsArea: Area = {
  name: "settings",
  routes: [{ pattern: "/settings", page: "settings" }, { pattern: "/settings/:section", page: "settings" }],
  load: () => import("./pages"),
  railItems: [{ label: t("settings.place"), icon: "settings", to: paths.settings(), pages: ["settings/settings"], phone: "more" }],
  palette: {
    always: () => [
      { id: "settings", group: "go", label: t("settings.place"), icon: "settings", run: () => navigate(paths.settings()) },
      {
        id: "theme", group: "do", label: t("settings.otherTheme"), icon: "eye",
        run: () => {
          chooseTheme(document.documentElement.dataset["theme"] === "dark" ? "light" : "dark");
          closeSheet();
        },
      },
    ],
  },
  forget: () => undefined,
};
