import type { Area } from "../frame/Area";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { t } from "../strings/t";

/** Conversations by voice. */
export const companionArea: Area = {
  name: "companion",
  routes: [
    { pattern: "/live", page: "live", fixed: true },
    { pattern: "/live/:talk", page: "live", fixed: true },
    { pattern: "/personas", page: "personas" },
  ],
  load: () => import("./pages"),
  palette: {
    always: () => [
      { id: "live", group: "do", label: t("companion.begin"), icon: "microphone", run: () => navigate(paths.live()) },
      { id: "personas", group: "go", label: t("companion.personas"), icon: "people", run: () => navigate(paths.personas) },
    ],
  },
  forget: () => undefined,
};
